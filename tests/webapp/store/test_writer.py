"""Group commit: units share a commit, fail alone, and are told only when it is done."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from webapp.store.engine import Database
from webapp.store.tables import Clinic
from webapp.store.writer import Writer


@pytest.fixture
def writer(store: Database) -> Writer:
    return Writer(store, window_s=0.02)


def _add(name: str) -> object:
    def work(session: Session) -> str:
        session.add(Clinic(id=name, name=name))
        return name

    return work


def _names(store: Database) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(select(Clinic.name)))


def test_a_unit_is_durable_when_its_future_is_done(store: Database, writer: Writer) -> None:
    assert writer.submit(_add("a")).result(5) == "a"
    assert _names(store) == {"a"}
    writer.close()


def test_units_of_many_threads_share_commits(store: Database, writer: Writer) -> None:
    commits = []
    event.listen(store.engine, "commit", lambda connection: commits.append(1))
    gate = threading.Barrier(30)

    def patient(number: int) -> None:
        gate.wait()
        writer.submit(_add(f"clinic {number}")).result(5)

    threads = [threading.Thread(target=patient, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    assert len(_names(store)) == 30
    assert len(commits) < 15


def test_a_unit_that_fails_takes_nothing_else_with_it(store: Database, writer: Writer) -> None:
    futures = [writer.submit(_add(name)) for name in ("a", "b", "a", "c")]
    assert [futures[index].result(5) for index in (0, 1, 3)] == ["a", "b", "c"]
    with pytest.raises(IntegrityError):
        futures[2].result(5)
    assert _names(store) == {"a", "b", "c"}
    writer.close()


def test_a_bug_in_one_unit_does_not_stop_the_writer(writer: Writer) -> None:
    with pytest.raises(ZeroDivisionError):
        writer.submit(lambda session: 1 // 0).result(5)
    assert writer.submit(lambda session: "alive").result(5) == "alive"
    writer.close()


def test_a_commit_that_fails_is_told_to_everyone_in_it(store: Database, writer: Writer) -> None:
    def refuse(connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    event.listen(store.engine, "commit", refuse)
    futures = [writer.submit(_add(name)) for name in ("a", "b")]
    for future in futures:
        with pytest.raises(OperationalError):
            future.result(5)
    event.remove(store.engine, "commit", refuse)
    assert _names(store) == set()
    assert writer.submit(_add("c")).result(5) == "c"
    writer.close()


def test_closing_commits_what_is_queued_and_takes_no_more(store: Database, writer: Writer) -> None:
    futures = [writer.submit(_add(str(number))) for number in range(20)]
    writer.close()
    assert all(future.done() for future in futures)
    assert len(_names(store)) == 20
    with pytest.raises(RuntimeError):
        writer.submit(_add("late"))


def test_the_window_is_at_most_twenty_milliseconds(store: Database) -> None:
    with pytest.raises(ValueError, match=r"0 to 0.02"):
        Writer(store, window_s=0.5)
