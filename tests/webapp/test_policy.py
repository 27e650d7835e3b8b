"""The policy table: complete, deny by default, and obeyed by every route for every role."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.webapp.builders import Browser, settings_for
from webapp import create_app, policy
from webapp.live.namespace import EVENTS as HANDLED

VALUES: dict[str, object] = {
    "version": "x",
    "filename": "css/tokens.css",
    "role": "patient",
    "ordinal": 1,
}


def address(rule: Rule) -> str:
    """Some address of a route; ids are of nobody."""
    built = rule.build(
        {name: VALUES.get(name, "nobody") for name in rule.arguments}, append_unknown=False
    )
    assert built
    return built[1]


def test_every_route_and_event_is_declared_and_nothing_else(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(policy.ROUTES)
    assert set(HANDLED) == set(policy.EVENTS)


def test_an_undeclared_route_or_event_stops_the_start(app: Flask) -> None:
    app.url_map.add(Rule("/forgotten", endpoint="forgotten"))
    with pytest.raises(policy.PolicyError, match="forgotten"):
        policy.check_routes(app)
    with pytest.raises(policy.PolicyError, match="peek"):
        policy.check_events(["frames", "peek"])


def test_an_undeclared_event_is_for_nobody() -> None:
    assert not any(
        policy.may_send("peek", role) for role in (None, "patient", "therapist", "clinic")
    )


@pytest.mark.parametrize("role", [None, "patient", "therapist", "clinic"])
def test_each_route_answers_whom_the_table_names_and_no_one_else(
    app: Flask, role: str | None
) -> None:
    browser = Browser(app).demo(role) if role else Browser(app)
    token = browser.token()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("security.logout", "auth.demo_login"):
            continue  # they would change the login that the next ones need
        who = policy.ROUTES[rule.endpoint]
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        answer = browser.client.open(address(rule), method=method, data={"csrf_token": token})
        answer.close()
        allowed = policy.may_use(who, role)
        refused = answer.status_code in (401, 403) or (
            role is None and "/login?next=" in answer.headers.get("Location", "")
        )
        assert refused is not allowed, (rule.endpoint, role, answer.status_code)


def test_two_apps_with_different_settings_live_in_one_process(demo_folder: Path) -> None:
    with_demo = create_app(settings_for(demo_folder, demo=True))
    without = create_app(settings_for(demo_folder, demo=False))
    assert "demo-patient" in with_demo.test_client().get("/login").text
    assert "demo-patient" not in without.test_client().get("/login").text
    assert Browser(without).post("/login/demo/patient").status_code == 404
    assert (
        Browser(without).login("patient@demo.example", "riverside-demo").status_code == 200
    )  # refused, the form again
    assert Browser(with_demo).login("patient@demo.example", "riverside-demo").status_code == 302
