"""The socket: who may connect, what every event asks first, and that no message breaks it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, cast

import pytest
from flask import Flask
from flask_socketio import SocketIO, SocketIOTestClient
from sqlalchemy import update
from structlog.testing import capture_logs

from coach.exercise import Dose, Prescription
from tests.webapp.builders import Browser
from tests.webapp.live.clinic import EMAIL, PASSWORD, THERAPIST, Clinic, revise, squats
from webapp import create_app, policy
from webapp.extensions import database
from webapp.live.messages import pack
from webapp.live.namespace import EVENTS, LiveNamespace
from webapp.live.quiet import OneLineASecond
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Membership

FRAMES = [pack([frame], seq) for seq, frame in enumerate(squats(3), start=1)]
PATH = "/live"


@pytest.fixture
def app(clinic: Clinic) -> Iterator[Flask]:
    made = create_app(clinic.settings)
    yield made
    made.extensions["coach_live"].shut_down()
    database(made).close()


@pytest.fixture
def browser(app: Flask) -> Browser:
    found = Browser(app)
    found.login(EMAIL, PASSWORD)
    return found


class Socket:
    """The page's end of the socket."""

    def __init__(self, app: Flask, browser: Browser, token: object = "ask") -> None:
        if token == "ask":
            answer = browser.client.post(
                "/exercise/token", headers={"X-CSRFToken": browser.token()}
            )
            token = answer.get_json()["token"]
        sockets = cast(SocketIO, app.extensions["socketio"])
        self.client: SocketIOTestClient = sockets.test_client(
            app, namespace=PATH, auth={"token": token}, flask_test_client=browser.client
        )

    @property
    def connected(self) -> bool:
        return bool(self.client.is_connected(PATH))

    def send(self, event: str, *what: object) -> Any:
        return self.client.emit(event, *what, callback=True, namespace=PATH)


def _ask(clinic: Clinic, **more: object) -> dict[str, object]:
    return {"prescription": clinic.prescription, "source": "camera", **more}


def test_a_patient_opens_a_session_and_is_answered(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    socket = Socket(app, browser)
    opened = socket.send("open", _ask(clinic))
    assert (opened["epoch"], opened["seen"], opened["resumed"]) == (1, 0, False)
    replies = [socket.send("frames", message) for message in FRAMES]
    assert replies[0]["step"]["state"] == "positioning"
    assert replies[-1]["step"]["counts"]["reps"] == 3
    told = [event["type"] for reply in replies for event in reply.get("events", ())]
    assert told.count("rep") == 3


def test_a_page_that_comes_back_goes_on_where_it_was(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    socket = Socket(app, browser)
    opened = socket.send("open", _ask(clinic))
    for message in FRAMES[:150]:
        socket.send("frames", message)
    socket.client.disconnect(PATH)
    again = Socket(app, browser)
    resumed = again.send("open", _ask(clinic, session=opened["session"], epoch=opened["epoch"]))
    assert (resumed["session"], resumed["seen"], resumed["resumed"]) == (
        opened["session"],
        150,
        True,
    )
    assert len(resumed["reps"]) == 1
    reply = again.send("frames", FRAMES[149])
    assert reply["seen"] == 150


def test_the_second_window_takes_over_and_the_first_is_told(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    first, second = Socket(app, browser), Socket(app, browser)
    opened = first.send("open", _ask(clinic))
    for message in FRAMES[:60]:
        first.send("frames", message)
    took = second.send("open", _ask(clinic))
    assert (took["session"], took["epoch"], took["seen"]) == (
        opened["session"],
        opened["epoch"] + 1,
        60,
    )
    assert [message["name"] for message in first.client.get_received(PATH)] == ["taken"]
    assert first.send("frames", FRAMES[60])["error"] == "not_open"
    back = first.send("open", _ask(clinic, session=opened["session"], epoch=opened["epoch"]))
    assert back == {"error": "taken"}
    assert second.send("frames", FRAMES[60])["seen"] == 61


def test_a_changed_prescription_ends_the_unfinished_session_and_begins_anew(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    socket = Socket(app, browser)
    old = socket.send("open", _ask(clinic))
    for message in FRAMES[:150]:
        socket.send("frames", message)
    socket.client.disconnect(PATH)
    revise(clinic, Prescription(dose=Dose(sets=1, reps=8)))
    again = Socket(app, browser)
    new = again.send("open", _ask(clinic))
    assert new["session"] != old["session"]
    assert (new["resumed"], new["seen"], new["reps"]) == (False, 0, [])
    assert (old["prescribed"]["sets"], new["prescribed"]["sets"]) == (2, 1)
    assert again.send("frames", FRAMES[0])["step"]["set_goal"] == 8
    with database(app).reading() as session:
        row = session.get_one(PatientSession, old["session"])
        assert (row.status, row.reps) == ("left", 1)


def test_after_a_cut_the_running_session_keeps_the_version_it_began_with(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    socket = Socket(app, browser)
    old = socket.send("open", _ask(clinic))
    socket.send("frames", FRAMES[0])
    socket.client.disconnect(PATH)
    revise(clinic, Prescription(dose=Dose(sets=1, reps=8)))
    again = Socket(app, browser)
    back = again.send("open", _ask(clinic, session=old["session"], epoch=old["epoch"]))
    assert back["session"] == old["session"]
    assert back["prescribed"] == old["prescribed"]
    assert again.send("frames", FRAMES[1])["step"]["set_goal"] == 4


@pytest.mark.parametrize("token", [None, "", "nonsense", 7, {"a": 1}])
def test_nobody_connects_without_a_token(app: Flask, browser: Browser, token: object) -> None:
    assert not Socket(app, browser, token).connected


def test_a_token_opens_one_socket_of_its_own_login(
    app: Flask, browser: Browser, clinic: Clinic
) -> None:
    token = browser.client.post(
        "/exercise/token", headers={"X-CSRFToken": browser.token()}
    ).get_json()["token"]
    stranger = Browser(app)
    stranger.login(EMAIL, PASSWORD)
    assert not Socket(app, stranger, token).connected
    assert Socket(app, browser, token).connected
    assert not Socket(app, browser, token).connected


def test_a_refused_connection_leaves_nothing_behind(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, object] = {}
    sockets = cast(SocketIO, app.extensions["socketio"])
    namespace = sockets.server.namespace_handlers[PATH]
    monkeypatch.setattr(namespace, "_known", known)
    with monkeypatch.context() as forbidden:
        forbidden.setattr(policy, "may_send", lambda *_: False)
        assert not Socket(app, browser).connected
    assert known == {}
    assert Socket(app, browser).connected
    assert len(known) == 1


def test_staff_cannot_open_the_socket(app: Flask, browser: Browser, clinic: Clinic) -> None:
    therapist = Browser(app)
    therapist.login(THERAPIST, PASSWORD)
    assert not Socket(app, therapist, "whatever").connected


@pytest.mark.parametrize(
    "ask",
    [
        None,
        7,
        "x",
        [],
        {},
        {"prescription": 1, "source": "camera"},
        {"prescription": "0", "source": "spy"},
    ],
)
def test_a_malformed_or_foreign_ask_opens_nothing(
    app: Flask, browser: Browser, ask: object
) -> None:
    socket = Socket(app, browser)
    assert socket.send("open", ask) == {"error": "not_found"}
    assert socket.send("frames", FRAMES[0]) == {"error": "not_open"}


@pytest.mark.parametrize("data", [None, "text", 7, {"a": [1]}, [], b"", b"x" * 60000])
def test_a_malformed_message_is_answered_and_the_session_goes_on(
    app: Flask, browser: Browser, clinic: Clinic, data: object
) -> None:
    socket = Socket(app, browser)
    socket.send("open", _ask(clinic))
    assert socket.send("frames", data)["error"] == "malformed"
    assert socket.send("frames", FRAMES[0])["seen"] == 1


def test_a_right_that_is_lost_counts_on_an_open_socket(
    app: Flask, browser: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.live.namespace.BELIEVE_S", -1.0)
    socket = Socket(app, browser)
    socket.send("open", _ask(clinic))
    assert socket.send("frames", FRAMES[0])["seen"] == 1
    with database(app).writing() as session:
        session.execute(update(Membership).values(active=False))
    assert socket.send("frames", FRAMES[1]) == {"error": "not_allowed"}


def test_a_bug_of_ours_is_answered_and_logged_once_a_second(
    app: Flask,
    browser: Browser,
    clinic: Clinic,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    socket = Socket(app, browser)
    socket.send("open", _ask(clinic))
    monkeypatch.setattr("webapp.live.running.parse", lambda data: 1 // 0)
    with capture_logs() as lines:
        answers = [socket.send("frames", message) for message in FRAMES[:20]]
    assert answers == [{"error": "internal"}] * 20
    assert 1 <= len(lines) <= 3
    assert "ZeroDivisionError" in lines[0]["cause"]
    monkeypatch.undo()
    assert socket.send("frames", FRAMES[0])["seen"] == 1


def test_too_many_messages_are_slowed_down(
    app: Flask, browser: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limits import RateLimitItemPerMinute

    monkeypatch.setattr("webapp.live.namespace.MESSAGES", RateLimitItemPerMinute(5))
    socket = Socket(app, browser)
    socket.send("open", _ask(clinic))
    errors = [socket.send("frames", message).get("error") for message in FRAMES[:8]]
    assert errors == [None] * 5 + ["slow_down"] * 3


def test_every_handler_is_in_the_policy_and_every_event_has_a_handler() -> None:
    handlers = {name.removeprefix("on_") for name in vars(LiveNamespace) if name.startswith("on_")}
    assert handlers == set(EVENTS) <= policy.EVENTS.keys()


def test_a_flood_of_errors_becomes_one_line_a_second() -> None:
    gate = OneLineASecond()
    records = [
        logging.LogRecord("engineio.server", logging.ERROR, "", 0, "bad packet", (), None)
        for _ in range(100)
    ]
    kept = [record for record in records if gate.filter(record)]
    assert len(kept) == 1
    assert kept[0].exc_info is None
