"""Slots for those whose browser cannot find a body: as many as fit, given back, replaced when they die."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from coach.errors import ModelError
from coach.io.jpeg_landmarker import MAX_BYTES, Seen
from webapp.live.pictures import IDLE_S, Pictures
from webapp.settings import Settings

PICTURE = b"\xff\xd8\xff and so on"
SEEN = Seen(640, 480, b"numbers")


class FakeEye:
    """Looks at once; `ill` makes it die at the next picture."""

    made: list[FakeEye]

    def __init__(self) -> None:
        self.loaded, self.ill, self.closed = True, False, False
        self.seen: list[tuple[bytes, int]] = []
        FakeEye.made.append(self)

    def ready(self) -> bool:
        return self.loaded

    def look(self, jpeg: bytes, at_ms: int) -> Seen | None:
        if self.ill:
            raise ModelError("it stopped unexpectedly")
        self.seen.append((jpeg, at_ms))
        return SEEN if jpeg.startswith(b"\xff\xd8\xff") else None

    def close(self) -> None:
        self.closed = True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pictures(clock: Clock) -> Iterator[Pictures]:
    FakeEye.made = []
    made = Pictures(2, FakeEye, clock)
    yield made
    made.shut_down()


def test_each_patient_has_an_eye_of_their_own(pictures: Pictures) -> None:
    assert pictures.look("a", PICTURE, 5) == SEEN
    assert pictures.look("b", PICTURE, 7) == SEEN
    assert pictures.look("a", PICTURE, 90) == SEEN
    assert [eye.seen for eye in FakeEye.made] == [[(PICTURE, 5), (PICTURE, 90)], [(PICTURE, 7)]]


def test_no_more_are_admitted_than_fit_until_somebody_goes(pictures: Pictures) -> None:
    pictures.look("a", PICTURE, 0)
    assert pictures.room
    pictures.look("b", PICTURE, 0)
    assert not pictures.room
    assert pictures.look("c", PICTURE, 0) == "full"
    assert pictures.look("a", PICTURE, 1) == SEEN
    pictures.release("b")
    assert FakeEye.made[1].closed
    assert pictures.look("c", PICTURE, 0) == SEEN
    pictures.release("nobody")


def test_a_silent_slot_is_given_to_others(pictures: Pictures, clock: Clock) -> None:
    pictures.look("a", PICTURE, 0)
    pictures.look("b", PICTURE, 0)
    clock.now = IDLE_S - 1
    pictures.look("b", PICTURE, 1)
    assert pictures.look("c", PICTURE, 0) == "full"
    clock.now = IDLE_S + 1
    assert pictures.look("c", PICTURE, 0) == SEEN
    assert [eye.closed for eye in FakeEye.made] == [True, False, False]


def test_while_the_model_loads_the_page_is_told_to_ask_again(pictures: Pictures) -> None:
    pictures.look("a", PICTURE, 0)
    FakeEye.made[0].loaded = False
    assert pictures.look("a", PICTURE, 1) == "loading"


def test_an_eye_that_dies_is_replaced_but_not_for_ever(pictures: Pictures) -> None:
    pictures.look("a", PICTURE, 0)
    for _ in range(3):
        FakeEye.made[-1].ill = True
        assert pictures.look("a", PICTURE, 1) == "loading"
        assert pictures.look("a", PICTURE, 2) == SEEN
    FakeEye.made[-1].ill = True
    assert pictures.look("a", PICTURE, 3) == "failed"
    assert len(FakeEye.made) == 4
    assert pictures.taken == 1


def test_what_is_no_picture_goes_no_further(pictures: Pictures) -> None:
    assert pictures.look("a", b"hello", 0) == "unreadable"
    assert pictures.look("a", PICTURE + b"x" * MAX_BYTES, 0) == "unreadable"
    assert FakeEye.made[0].seen == [(b"hello", 0)]


def test_a_server_without_slots_takes_nothing() -> None:
    none = Pictures(0, FakeEye)
    assert not none.room
    assert none.look("a", PICTURE, 0) == "full"


def test_many_at_once_never_get_more_slots_than_there_are(pictures: Pictures) -> None:
    answers: list[object] = []

    def come(name: str) -> None:
        answers.append(pictures.look(name, PICTURE, 0))

    threads = [threading.Thread(target=come, args=(str(number),)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(SEEN) == pictures.taken == 2
    assert answers.count("full") == 14


@pytest.mark.parametrize(("wish", "cores", "slots"), [(-1, 2, 3), (-1, 1, 1), (0, 8, 0), (5, 1, 5)])
def test_as_many_as_the_setting_says_or_as_fit(
    monkeypatch: pytest.MonkeyPatch, wish: int, cores: int, slots: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert Settings(picture_patients=wish).picture_slots == slots
