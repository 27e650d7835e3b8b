"""Every setting: its name in the environment (`COACH_` and the field in capitals), type, default and meaning.

A wrong value or an unknown `COACH_*` name stops the program at start and is named, so that a misspelt setting never
silently keeps its default.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from coach.errors import CoachError

PREFIX = "COACH_"
#: Read by the tests, not by the app: where labelled clips lie, if there are any.
NOT_SETTINGS = frozenset({"COACH_LABELLED_DATA"})
SECRET_MIN_LENGTH = 32


class SettingsError(CoachError):
    """A setting is unknown, malformed or unsafe; the message names it."""


class Settings(BaseModel):
    """The settings of one app. Frozen: what the app started with is what it runs with."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    #: `production` wants a secret key and https, and refuses the demo.
    env: Literal["development", "testing", "production"] = "development"
    #: Signs cookies. Outside production one is made at first start and kept in the data folder.
    secret_key: str = ""
    #: Where the database, session series and backups lie.
    data_dir: Path = Path("var")
    #: SQLAlchemy address; empty means SQLite in the data folder.
    database_url: str = ""
    #: Demo clinic with one-click logins.
    demo: bool = False
    #: Address to listen on. The camera works on localhost or over https only.
    host: str = "127.0.0.1"
    #: Port to listen on.
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    #: Every open live page holds one thread; keep some for the pages beside them.
    threads: Annotated[int, Field(ge=4, le=1000)] = 64
    #: Further origins whose pages may open the live socket, separated by commas; our own is always allowed.
    origins: str = ""
    #: How many reverse proxies in front set X-Forwarded-* headers; 0 ignores those headers.
    proxies: Annotated[int, Field(ge=0, le=5)] = 0
    #: Wrong passwords per account, address and minute; ten times as many per address.
    login_attempts: Annotated[int, Field(ge=1, le=1000)] = 10
    #: A login lasts this long, and no longer than the browser stays open.
    login_hours: Annotated[int, Field(ge=1, le=720)] = 12
    #: Largest video that a patient may upload, in megabytes; 0 takes none.
    upload_mb: Annotated[int, Field(ge=0, le=10_000)] = 200
    #: Longest video that is analysed, in minutes.
    upload_minutes: Annotated[int, Field(ge=1, le=120)] = 10
    #: Jobs (video analyses) that `coach serve` does at the same time; with 0 they wait for a `coach worker`.
    job_workers: Annotated[int, Field(ge=0, le=16)] = 1
    #: A job that takes longer than this is ended, in minutes.
    job_minutes: Annotated[int, Field(ge=1, le=600)] = 30
    #: Memory that each process of a job may fill, in megabytes.
    job_memory_mb: Annotated[int, Field(ge=500, le=64_000)] = 2000
    #: How many patients at a time may send pictures because their browser cannot run the model: -1 is two for each core
    #: of the machine less one, 0 never asks for pictures. Each takes about 200 MB and a quarter of a core.
    picture_patients: Annotated[int, Field(ge=-1, le=1000)] = -1
    #: Least important kind of log line that is written.
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    #: `json` for machines, `console` for people.
    log_format: Literal["json", "console"] = "json"

    @field_validator("database_url")
    @classmethod
    def _an_address(cls, text: str) -> str:
        if text and "://" not in text:
            raise ValueError(
                "expected an address such as sqlite:////srv/coach.db or postgresql+psycopg://user@host/coach"
            )
        return text

    @field_validator("origins")
    @classmethod
    def _web_origins(cls, text: str) -> str:
        for origin in filter(None, (one.strip() for one in text.split(","))):
            if not re.fullmatch(r"https?://[^/\s]+/?", origin):
                raise ValueError(
                    f"expected origins such as https://coach.example, but '{origin}' is none"
                )
        return text

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.env != "production":
            return self
        if self.demo:
            raise ValueError("COACH_DEMO must be off in production: its passwords are public")
        if len(self.secret_key) < SECRET_MIN_LENGTH:
            raise ValueError(
                f"COACH_SECRET_KEY must have at least {SECRET_MIN_LENGTH} characters in production; "
                "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return self

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'coach.db'}"

    @property
    def uploads(self) -> Path:
        """Where uploaded videos wait to be analysed; they are deleted afterwards."""
        return self.data_dir.absolute() / "uploads"

    @property
    def picture_slots(self) -> int:
        """How many patients may send pictures at the same time."""
        if self.picture_patients >= 0:
            return self.picture_patients
        return max(1, 2 * (os.cpu_count() or 1) - 1)

    @property
    def production(self) -> bool:
        """Whether real patients may be here."""
        return self.env == "production"

    @property
    def allowed_origins(self) -> list[str]:
        """`origins` as a list."""
        return [origin.strip().rstrip("/") for origin in self.origins.split(",") if origin.strip()]

    def signing_key(self) -> str:
        """The secret key; outside production it is made once and kept, so that logins survive a restart."""
        if self.secret_key:
            return self.secret_key
        kept = self.data_dir / "secret_key"
        try:
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.touch(mode=0o600)
                kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
            return kept.read_text(encoding="ascii")
        except OSError as error:
            raise SettingsError(_unusable(self.data_dir, error)) from None

    def make_data_dir(self) -> None:
        """Make the data folder if it is missing. Raises SettingsError when that cannot be."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(_unusable(self.data_dir, error)) from None


def _unusable(folder: Path, error: OSError) -> str:
    return f"COACH_DATA_DIR: {folder} cannot be used ({error.strerror or error}); name a folder that can be written to."


def from_environment(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from `COACH_*` variables; `overrides` (already typed, from the command line) win.

    Raises SettingsError that names every wrong or unknown variable.
    """
    source = os.environ if environ is None else environ
    given = {
        name.removeprefix(PREFIX).lower(): text
        for name, text in source.items()
        if name.startswith(PREFIX) and name not in NOT_SETTINGS
    }
    given |= {name: str(value) for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate_strings(given, strict=True)
    except ValidationError as error:
        raise SettingsError("; ".join(_explain(detail) for detail in error.errors())) from None


def _explain(detail: ErrorDetails) -> str:
    """One wrong setting, in words."""
    if not detail["loc"]:
        return detail["msg"].removeprefix("Value error, ")
    name = PREFIX + str(detail["loc"][0]).upper()
    if detail["type"] == "extra_forbidden":
        known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
        return f"{name} is not a setting; the settings are {known}"
    return f"{name}: {detail['msg'].removeprefix('Value error, ')} (got {detail['input']!r})"
