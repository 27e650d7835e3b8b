"""Headers, and the one shape of every error."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.webapp.builders import Browser
from webapp.errors import wants_json
from webapp.store.engine import Database


@pytest.mark.parametrize(
    "path",
    ["/login", "/nope", "/healthz", "/static/x/js/landmarker_worker.js", "/static/x/nope.js"],
)
def test_every_response_carries_the_policy(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    rules = dict(
        rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";")
    )
    assert (
        rules["default-src"]
        == rules["connect-src"]
        == rules["style-src"]
        == rules["worker-src"]
        == "'self'"
    )
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_not_cached_and_files_are(client: FlaskClient, app: Flask) -> None:
    assert client.get("/login").headers["Cache-Control"] == "private, no-store"
    version = app.extensions["coach_assets"]
    with client.get(f"/static/{version}/css/tokens.css") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/static/old/css/tokens.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nope", 404, "not_found"),
        ("DELETE", "/healthz", 405, "method_not_allowed"),
        ("POST", "/login", 400, "bad_request"),
    ],
)
def test_programs_get_one_shape(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.open(path, method=method, headers={"Accept": "application/json"})
    assert answer.status_code == status
    error = answer.json["error"] if answer.json else {}
    assert answer.json == {"ok": False, "error": error}
    assert error.keys() == {"status", "code", "message", "id"}
    assert (error["status"], error["code"]) == (status, code)
    assert error["message"].endswith(".")


def test_our_own_fault_shows_an_id_and_no_cause(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Database) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(Database, "ping", broken)
    with capture_logs() as lines:
        answer = app.test_client().get("/healthz", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "secret cause" not in answer.text
    fault = next(line for line in lines if line["event"] == "unexpected")
    assert "the secret cause" in fault["cause"]
    assert f"quote this number: {fault['id']}" in answer.text


def test_people_get_a_page_with_a_way_on(patient: Browser) -> None:
    answer = patient.get("/nope")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "To the start page" in answer.text


def test_who_wants_json_is_told_by_the_header(app: Flask) -> None:
    for accept, wanted in (
        ("application/json", True),
        ("text/html", False),
        ("*/*", False),
        ("text/html,*/*;q=0.8", False),
    ):
        with app.test_request_context("/x", headers={"Accept": accept}):
            assert wants_json() is wanted
