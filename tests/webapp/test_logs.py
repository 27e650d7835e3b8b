"""Logs: a line a request, as JSON, with the route's name and nothing about a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.webapp.builders import Browser, person_id, settings_for
from webapp import logs


def test_what_may_name_a_person_is_withheld(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(settings_for(tmp_path))
    logs.log.info("something", email="ada@x.example", name="Ada", why="pain", reps=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["reps"]) == ("something", "info", 3)
    assert "ada" not in json.dumps(line).lower()


def test_a_request_is_logged_by_its_route_and_not_by_ids_or_people(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(settings_for(tmp_path))
    browser = Browser(app)
    browser.login("therapist@demo.example", "riverside-demo")
    ada = person_id(app, "Ada")
    browser.get(f"/patients/{ada}")
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"security.login", "therapist.patient"} <= {line["route"] for line in lines}
    assert all(line.keys() >= {"id", "method", "status", "took_ms", "timestamp"} for line in lines)
    assert not any(
        word in said for word in (ada, "Lindqvist", "therapist@demo.example", "riverside-demo")
    )
