"""Running assessments: one for each account, bounded, and a ticket that only we can write."""

from __future__ import annotations

import pytest

from tests.coach.assessing.test_assessment import bending
from webapp.live import measuring
from webapp.live.measuring import Measuring, Ticket, Tickets, TooLongError
from webapp.live.messages import pack
from webapp.store.access import Actor, NotVisible

PATIENT = Actor("account", "clinic", "patient", "person", "Ada", "UTC", "en", "Clinic", demo=False)
OTHER = Actor("other", "clinic", "patient", "other", "Eve", "UTC", "en", "Clinic", demo=False)


def ticket(run: str, account: str = "account") -> Ticket:
    return Ticket(run, account, "person", "knee_flexion", "left", None)


def test_a_ticket_comes_back_as_it_was_issued_to_its_own_account_only() -> None:
    text = Tickets("secret").issue(PATIENT, "person", "knee_flexion", "left", "request")
    found = Tickets("secret").read(text, PATIENT)
    assert (found.patient_id, found.name, found.side, found.request_id) == (
        "person", "knee_flexion", "left", "request",
    )  # fmt: skip
    for wrong, reader, secret in (
        (text, OTHER, "secret"),
        (text, PATIENT, "x"),
        ("", PATIENT, "x"),
    ):
        with pytest.raises(NotVisible):
            Tickets(secret).read(wrong, reader)


def test_an_account_has_one_assessment_at_a_time() -> None:
    all_of_them = Measuring()
    first = all_of_them.of(ticket("1"), keep=False)
    assert all_of_them.of(ticket("1"), keep=False) is first
    other = all_of_them.of(ticket("2", "other"), keep=False)
    all_of_them.of(ticket("3"), keep=False)
    assert all_of_them.of(ticket("2", "other"), keep=False) is other
    assert all_of_them.of(ticket("1"), keep=False) is not first


def test_what_nobody_goes_on_with_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    all_of_them = Measuring()
    first = all_of_them.of(ticket("1"), keep=False)
    first.touched -= measuring.IDLE_S + 1
    monkeypatch.setattr(measuring, "MAX_RUNS", 1)
    all_of_them.of(ticket("2", "other"), keep=False)  # there is room again
    with pytest.raises(TooLongError):
        all_of_them.of(ticket("3"), keep=False)


def test_a_measurement_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MAX_ITEMS", 10)
    running = Measuring().of(ticket("1"), keep=False)
    data = b"".join(pack([frame], seq) for seq, frame in enumerate(bending(1.0)[:11], start=1))
    with pytest.raises(TooLongError):
        running.take(data)
    assert running.seen == 10
