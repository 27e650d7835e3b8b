"""History is only appended: by code, and by triggers where code would err."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from coach.exercise import Dose, Prescription
from webapp import migrations
from webapp.store import (
    consents,
    helping,
    manual,
    people,
    programs,
    report_tables,
    schema,
    session_tables,
    tables,
    video_tables,
)
from webapp.store.access import Actor, Helping
from webapp.store.base import Base, new_id, utc_now
from webapp.store.engine import Database
from webapp.store.people import NewPerson


def cast(store: Database) -> tuple[Actor, str]:
    """A therapist and their patient."""
    with store.writing() as session:
        clinic = people.add_clinic(session, "Clinic")
        patient = people.add_person(session, clinic.id, NewPerson("P", "patient"))
        therapist = people.add_person(session, clinic.id, NewPerson("T", "therapist"))
        people.take_care(session, therapist, patient)
        account = people.add_account(session, therapist, "t@x.example", "hash")
        actor = people.actor_of(session, account.id)
    assert actor
    return actor, patient.id


def test_a_revision_adds_a_version_and_keeps_the_old_one(store: Database) -> None:
    actor, patient = cast(store)
    first, second = (
        Prescription(targets={"knee_flexion": 80.0}),
        Prescription(targets={"knee_flexion": 90.0}, dose=Dose(sets=2)),
    )
    with store.writing() as session:
        row = programs.add(session, actor, patient, "squat", first, "start")
        programs.revise(session, actor, row, second, "further")
        assert programs.revise(session, actor, row, second, "again").number == 2
    with store.reading() as session:
        versions = programs.history(session, row.id)
        assert [(one.number, programs.prescribed(one), one.why) for one in versions] == [
            (2, second, "further"), (1, first, "start"),
        ]  # fmt: skip
        changed = session.scalar(text("SELECT details FROM audit WHERE action = 'program.revise'"))
        assert '"targets": [{"knee_flexion": 80.0}, {"knee_flexion": 90.0}]' in str(changed)


def test_a_failure_keeps_nothing_of_a_revision(store: Database) -> None:
    actor, patient = cast(store)

    def half_wrong() -> None:
        with store.writing() as session:
            programs.add(session, actor, patient, "squat", Prescription(), "")
            session.add(
                tables.Prescription(clinic_id="nowhere", patient_id=patient, exercise_id="squat")
            )

    with pytest.raises(IntegrityError):
        half_wrong()
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM prescription")) == 0
        assert session.scalar(text("SELECT count(*) FROM audit")) == 0


@pytest.mark.parametrize(
    "change", ["UPDATE {table} SET clinic_id = clinic_id", "DELETE FROM {table}"]
)
@pytest.mark.parametrize(
    "table", ["audit", "prescription_version", "consent", "session_event", "session_helper"]
)
def test_the_database_itself_refuses_to_rewrite(store: Database, table: str, change: str) -> None:
    actor, patient = cast(store)
    with store.writing() as session:
        row = programs.add(session, actor, patient, "squat", Prescription(), "")
        consents.decide(session, actor, True)
        done = manual.enter(session, actor, row, manual.Entry(1, 10, 0.0, "finished"), utc_now())
        helping.mark(session, replace(actor, helping=Helping("grant", "help", "P")), done)
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.execute(text(change.format(table=table)))


def test_the_migrations_make_the_tables_that_the_code_has(store: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert tables
    assert session_tables
    assert video_tables
    assert report_tables
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_again_changes_nothing_and_back_leaves_nothing(store: Database) -> None:
    schema.upgrade(store.url)
    with store.engine.begin() as connection:
        migrations.downgrade(connection)
    assert inspect(store.engine).get_table_names() == ["alembic_version"]


def test_making_a_table_anew_keeps_its_rows_and_what_points_at_them(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with database.engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        for row in (
            "clinic VALUES ('c', 'Clinic', 0, '2026-01-01')",
            "account VALUES ('a', 't@x.example', 'hash', 1, 'u', '2026-01-01')",
            "membership VALUES ('m', 'a', 'c', 'therapist', 1)",
            "audit VALUES ('r', 'c', '2026-01-01', 'a', 'x', NULL, '{}')",
        ):
            connection.exec_driver_sql(f"INSERT INTO {row}")
    schema.upgrade(database.url)
    with database.writing() as session:
        found = people.find_account(session, email="t@x.example")
        assert found
        assert (found.id, found.password) == ("a", "hash")
        session.add(tables.Account(fs_uniquifier="v"))  # without e-mail and password
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("DELETE FROM account WHERE id = 'a'"))  # still pointed at
    database.close()


def test_every_table_of_patient_data_names_its_clinic() -> None:
    # what belongs to an account belongs to no clinic
    without = {"account", "clinic", "device_login", "passkey"}
    assert {
        name for name, table in Base.metadata.tables.items() if "clinic_id" not in table.columns
    } == without


def test_ids_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for ms in (1, 2, 1_000, 1_800_000_000_000):
        monkeypatch.setattr("time.time_ns", lambda ms=ms: ms * 1_000_000)
        made.append(new_id())
    assert made == sorted(made)
    assert all(one[14] == "7" and one[19] in "89ab" and len(one) == 36 for one in made)


def test_a_time_without_a_zone_is_refused(store: Database) -> None:
    from datetime import datetime

    with pytest.raises(StatementError, match="time zone"), store.writing() as session:
        session.add(tables.Clinic(name="x", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001  # the point of the test


def test_the_pragmas_hold_on_every_connection(store: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for _ in range(3):
        with store.engine.connect() as connection:
            assert {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected
            } == expected


def test_a_backup_is_whole_while_the_database_is_written(store: Database, tmp_path: Path) -> None:
    cast(store)
    with store.writing() as session:
        people.add_clinic(session, "not yet committed")
        schema.backup(store.url, tmp_path / "copy.db")
    copy = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    with copy.reading() as session:
        assert [one.name for one in people.clinics(session)] == ["Clinic"]
    copy.close()
    with pytest.raises(schema.StoreError, match="no database"):
        schema.backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "x.db")
