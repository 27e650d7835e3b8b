"""The web app's commands: people, database, demo; and one clear sentence for each mistake."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.webapp.builders import Browser, settings_for
from webapp import create_app
from webapp.cli import command

PASSWORD = "a long enough password"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, set in the environment."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COACH_ENV", "testing")
    return tmp_path


def coach(*arguments: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(command(), list(arguments))


def add(email: str, role: str, *more: str) -> Result:
    """`coach user add`."""
    options = ("--role", role, "--name", "Someone", "--clinic", "Harbour", "--password", PASSWORD)
    return coach("user", "add", email, *options, *more)


def test_people_are_added_and_can_log_in(folder: Path) -> None:
    assert add("t@x.example", "therapist").exit_code == 0
    done = add(
        "p@x.example", "patient", "--timezone", "Europe/Berlin", "--therapist", "t@x.example"
    )
    assert done.exit_code == 0, done.output
    app = create_app(settings_for(folder))
    therapist = Browser(app)
    assert therapist.login("t@x.example", PASSWORD).status_code == 302
    assert "Someone" in therapist.get("/patients/").text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x@x.example", "doctor"), "must be one of patient, therapist, clinic"),
        (("notmail", "patient"), "'notmail' is not an e-mail address"),
        (("x@x.example", "patient", "--timezone", "Mars/Base"), "is not a time zone"),
        (
            ("x@x.example", "patient", "--therapist", "nobody@x.example"),
            "no therapist nobody@x.example",
        ),
        (("x@x.example", "patient", "--password", "short"), "at least 12 characters"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert folder.exists()
    answer = add(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output


def test_an_address_is_taken_once(folder: Path) -> None:
    assert folder.exists()
    assert add("t@x.example", "therapist").exit_code == 0
    assert "already" in add("T@X.example", "therapist").output


def test_the_database_is_upgraded_and_copied(folder: Path) -> None:
    assert coach("db", "upgrade").exit_code == 0
    assert coach("db", "upgrade").exit_code == 0
    copy = folder / "copy.db"
    assert coach("db", "backup", str(copy)).exit_code == 0
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = coach("db", "backup", str(copy))
    assert (again.exit_code, "exists already" in again.output) == (1, True)


def test_a_damaged_database_is_named(folder: Path) -> None:
    (folder / "coach.db").write_bytes(b"no database at all" * 100)
    answer = coach("db", "upgrade")
    assert answer.exit_code == 1
    assert "coach.db cannot be brought up to date" in answer.output


def test_the_demo_is_made_kept_and_made_anew(folder: Path) -> None:
    assert "is ready" in coach("demo").output
    assert "already" in coach("demo").output
    with sqlite3.connect(folder / "coach.db") as connection:
        connection.execute("UPDATE clinic SET name = name || ' (changed)'")
    assert "is ready" in coach("demo", "--reset").output
    with sqlite3.connect(folder / "coach.db") as connection:
        assert connection.execute("SELECT name FROM clinic").fetchall() == [
            ("Riverside Physiotherapy (demo)",)
        ]


def test_real_people_are_never_thrown_away_with_the_demo(folder: Path) -> None:
    assert coach("demo").exit_code == 0
    assert add("t@x.example", "therapist").exit_code == 0
    answer = coach("demo", "--reset")
    assert answer.exit_code == 1
    assert "Harbour" in answer.output
    assert (folder / "coach.db").exists()


def test_there_is_no_demo_in_production(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.exists()
    monkeypatch.setenv("COACH_ENV", "production")
    monkeypatch.setenv("COACH_SECRET_KEY", "x" * 40)
    assert coach("demo").exit_code == 1
    assert "COACH_DEMO must be off" in coach("serve", "--demo").output


def test_a_database_that_cannot_be_opened_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", "notadatabase://x")
    done = coach("db", "upgrade")
    assert done.exit_code == 1
    assert "cannot be brought up to date" in done.output
    assert "Traceback" not in done.output
