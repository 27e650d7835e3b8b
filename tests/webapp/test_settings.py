"""Settings: typed, and wrong ones refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.settings import SettingsError, from_environment

LONG = "x" * 40


def test_what_is_set_is_taken_with_its_type() -> None:
    settings = from_environment(
        {
            "COACH_PORT": "9000",
            "COACH_DEMO": "true",
            "COACH_DATA_DIR": "/srv/coach",
            "HOME": "/root",
        },
        host="::1",
    )
    assert (settings.port, settings.demo, settings.data_dir, settings.host) == (
        9000,
        True,
        Path("/srv/coach"),
        "::1",
    )
    assert settings.database == "sqlite:////srv/coach/coach.db"


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"COACH_PROT": "1"}, "COACH_PROT is not a setting"),
        ({"COACH_DATABASE_URL": "nonsense"}, "COACH_DATABASE_URL: expected an address such as"),
        ({"COACH_ORIGINS": "https://a.example, zzz"}, "COACH_ORIGINS: expected origins such as"),
        ({"COACH_PORT": "eighty"}, "COACH_PORT"),
        ({"COACH_PORT": "99999"}, "COACH_PORT"),
        ({"COACH_DEMO": "perhaps"}, "COACH_DEMO"),
        ({"COACH_ENV": "prod"}, "COACH_ENV"),
        ({"COACH_ENV": "production"}, "COACH_SECRET_KEY"),
        ({"COACH_ENV": "production", "COACH_SECRET_KEY": "short"}, "COACH_SECRET_KEY"),
        ({"COACH_ENV": "production", "COACH_SECRET_KEY": LONG, "COACH_DEMO": "1"}, "COACH_DEMO"),
    ],
)
def test_what_is_wrong_is_named(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        from_environment(environ)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError, match=r"COACH_PORT.*COACH_THREADS|COACH_THREADS.*COACH_PORT"):
        from_environment({"COACH_PORT": "x", "COACH_THREADS": "y"})


def test_the_signing_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = from_environment({"COACH_DATA_DIR": str(tmp_path)})
    key = settings.signing_key()
    assert len(key) >= 32
    assert settings.signing_key() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_tests_own_variable_is_no_setting() -> None:
    assert from_environment({"COACH_LABELLED_DATA": "somewhere"}).port == 8000


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = from_environment({"COACH_DATA_DIR": str(tmp_path / "file" / "inner")})
    for use in (settings.make_data_dir, settings.signing_key):
        with pytest.raises(SettingsError, match=r"COACH_DATA_DIR: .* cannot be used"):
            use()
