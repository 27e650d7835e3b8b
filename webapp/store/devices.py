"""Devices that stay signed in: remembered when someone joins, found by their secret, signed out by a row's date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.store.access import NotVisible
from webapp.store.codes import new_token, token_hash
from webapp.store.entry_tables import DeviceLogin

Kind = Literal[
    "iphone", "ipad", "android_phone", "android_tablet", "windows", "mac", "chromebook", "linux", "other"
]  # fmt: skip

#: Counted from the last use: a home program with a long pause in it must not need a new invitation.
LASTS: Final = timedelta(days=180)
#: The date of the last use is kept this coarsely, so that not every page writes.
USE_NOTED_EVERY: Final = timedelta(hours=1)

#: The first that fits a browser's `User-Agent` says what kind of device it is; every one of them claims others too.
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android.*Mobile", "android_phone"),
    ("Android", "android_tablet"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("CrOS", "chromebook"),
    ("Linux", "linux"),
)


def kind_of(user_agent: str) -> Kind:
    """What kind of device a browser says it runs on."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, user_agent)), "other")


def remember(session: Session, account_id: str, kind: Kind, now: datetime) -> str:
    """Let a device stay signed in. Returns its secret, which is kept nowhere else."""
    token = new_token()
    session.add(
        DeviceLogin(
            account_id=account_id, token_hash=token_hash(token), kind=kind, created_at=now, last_used_at=now,
            expires_at=now + LASTS,
        )
    )  # fmt: skip
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> DeviceLogin | None:
    """The device with this secret, unless it was signed out or not used for too long."""
    return session.scalar(
        select(DeviceLogin).where(DeviceLogin.token_hash == token_hash(token), _open(now))
    )


def of_account(session: Session, account_id: str, now: datetime) -> Sequence[DeviceLogin]:
    """The devices of an account that are signed in, the one used last first."""
    return session.scalars(
        select(DeviceLogin)
        .where(DeviceLogin.account_id == account_id, _open(now))
        .order_by(DeviceLogin.last_used_at.desc(), DeviceLogin.id)
    ).all()


def is_use_to_note(device: DeviceLogin, now: datetime) -> bool:
    """Whether the date of its last use is old enough to be written again."""
    return now - device.last_used_at >= USE_NOTED_EVERY


def note_use(session: Session, device_id: str, now: datetime) -> None:
    """It was used now, and stays signed in from now on for as long as ever."""
    device = session.get_one(DeviceLogin, device_id)
    device.last_used_at, device.expires_at = now, now + LASTS


def sign_out(session: Session, account_id: str, device_id: str, now: datetime) -> None:
    """One device of an account, from its next request on. Raises NotVisible for anybody else's."""
    device = session.get(DeviceLogin, device_id)
    if device is None or device.account_id != account_id:
        raise NotVisible
    device.revoked_at = device.revoked_at or now


def sign_out_all(session: Session, account_id: str, now: datetime) -> int:
    """Every device of an account. Returns how many there were."""
    found = of_account(session, account_id, now)
    for device in found:
        device.revoked_at = now
    session.flush()
    return len(found)


def _open(now: datetime) -> ColumnElement[bool]:
    return DeviceLogin.revoked_at.is_(None) & (DeviceLogin.expires_at > now)
