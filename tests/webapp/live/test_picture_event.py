"""The `picture` event: after a yes, on an open session, within limits; and nothing of a picture is kept anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from structlog.testing import capture_logs

from coach.io.jpeg_landmarker import Seen
from tests.webapp.builders import Browser
from tests.webapp.live.clinic import EMAIL, PASSWORD, Clinic
from tests.webapp.live.test_pictures import PICTURE, FakeEye
from tests.webapp.live.test_socket import Socket
from webapp import create_app
from webapp.extensions import database
from webapp.live.pictures import Pictures


@pytest.fixture
def app(clinic: Clinic) -> Iterator[Flask]:
    FakeEye.made = []
    made = create_app(clinic.settings)
    pictures: Pictures = made.extensions["coach_pictures"]
    pictures.capacity, pictures._make = 1, FakeEye
    yield made
    pictures.shut_down()
    made.extensions["coach_live"].shut_down()
    database(made).close()


@pytest.fixture
def browser(app: Flask) -> Browser:
    found = Browser(app)
    found.login(EMAIL, PASSWORD)
    return found


def opened(app: Flask, browser: Browser, clinic: Clinic) -> Socket:
    found = Socket(app, browser)
    found.send("open", {"prescription": clinic.prescription, "source": "camera"})
    return found


@pytest.fixture
def socket(app: Flask, browser: Browser, clinic: Clinic) -> Socket:
    return opened(app, browser, clinic)


def agree(browser: Browser) -> bool:
    answer = browser.post("/exercise/pictures")
    assert answer.status_code == 200
    return bool(answer.get_json()["room"])


def test_without_a_yes_no_picture_is_looked_at(socket: Socket) -> None:
    assert socket.send("picture", 1, PICTURE) == {"error": "not_agreed"}
    assert FakeEye.made == []


def test_after_a_yes_the_numbers_come_back(browser: Browser, socket: Socket) -> None:
    assert agree(browser)
    seen = socket.send("picture", 1, PICTURE)
    assert Seen(**seen) == Seen(640, 480, b"numbers")
    assert FakeEye.made[0].seen == [(PICTURE, 1)]


def test_a_yes_taken_back_ends_it_within_a_second(
    app: Flask, browser: Browser, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.live.namespace.BELIEVE_S", -1.0)
    agree(browser)
    socket = opened(app, browser, clinic)
    assert "landmarks" in socket.send("picture", 1, PICTURE)
    assert "No longer send" in browser.get("/settings").text
    assert browser.post("/settings/pictures").status_code == 302
    assert socket.send("picture", 2, PICTURE) == {"error": "not_agreed"}
    assert "No pictures are sent" in browser.get("/settings").text


def test_only_with_an_open_session(app: Flask, browser: Browser) -> None:
    agree(browser)
    assert Socket(app, browser).send("picture", 1, PICTURE) == {"error": "not_open"}


def test_who_comes_when_all_are_taken_is_told_so(
    app: Flask, browser: Browser, clinic: Clinic, socket: Socket
) -> None:
    agree(browser)
    socket.send("picture", 1, PICTURE)
    assert not agree(browser)
    second = Socket(app, browser)
    second.send("open", {"prescription": clinic.prescription, "source": "clip"})
    assert second.send("picture", 1, PICTURE) == {"error": "full"}
    socket.client.disconnect("/live")
    assert FakeEye.made[0].closed
    assert "landmarks" in second.send("picture", 2, PICTURE)


@pytest.mark.parametrize(
    "what",
    [
        (),
        (1,),
        ("1", PICTURE),
        (-1, PICTURE),
        (1, "text"),
        (1, None),
        (1.5, PICTURE),
        (2**60, PICTURE),
    ],
)
def test_anything_else_is_answered_and_changes_nothing(
    browser: Browser, socket: Socket, what: tuple[object, ...]
) -> None:
    agree(browser)
    assert socket.send("picture", *what) == {"error": "unreadable"}
    assert FakeEye.made == []


def test_more_than_the_page_ever_sends_is_slowed_down(browser: Browser, socket: Socket) -> None:
    agree(browser)
    answers = [socket.send("picture", number, PICTURE) for number in range(40)]
    assert {"error": "slow_down"} in answers
    assert len(FakeEye.made[0].seen) < 40


def test_a_picture_is_neither_kept_nor_logged(
    browser: Browser,
    socket: Socket,
    clinic: Clinic,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    mark = b"\xff\xd8\xff" + b"a person in their kitchen" * 9
    agree(browser)
    with capture_logs() as lines:
        socket.send("picture", 1, mark)
        FakeEye.made[0].ill = True
        socket.send("picture", 2, mark)  # also when something goes wrong with it
        socket.client.disconnect("/live")
    files = [file for file in clinic.settings.data_dir.rglob("*") if file.is_file()]
    assert Path(clinic.settings.data_dir / "coach.db") in files
    assert not [file for file in files if b"in their kitchen" in file.read_bytes()]
    told = capfd.readouterr()
    assert "in their kitchen" not in told.out + told.err + caplog.text + repr(lines)
    assert "pictures_not_looked_at" in {line["event"] for line in lines}
