"""Passkeys: public keys of accounts, and the memory of how often each was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.access import NotVisible
from webapp.store.entry_tables import Passkey


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a device has made: `credential_id` in base64url, `public_key` in COSE form."""

    credential_id: str
    public_key: bytes
    sign_count: int
    kind: str


def add(session: Session, account_id: str, new: NewPasskey) -> Passkey:
    """One more way in for an account."""
    row = Passkey(
        account_id=account_id, credential_id=new.credential_id, public_key=new.public_key, sign_count=new.sign_count,
        kind=new.kind,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def of_account(session: Session, account_id: str) -> Sequence[Passkey]:
    """The passkeys of an account, oldest first."""
    return session.scalars(
        select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    ).all()


def find(session: Session, credential_id: str) -> Passkey | None:
    """The passkey with this credential id."""
    return session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def note_use(session: Session, passkey_id: str, sign_count: int, now: datetime) -> None:
    """It was used now, for the `sign_count`-th time as the device counts."""
    row = session.get_one(Passkey, passkey_id)
    row.sign_count, row.last_used_at = sign_count, now


def remove(session: Session, account_id: str, passkey_id: str) -> None:
    """It opens nothing any more. Raises NotVisible for anybody else's."""
    row = session.get(Passkey, passkey_id)
    if row is None or row.account_id != account_id:
        raise NotVisible
    session.delete(row)
