"""The tables of getting in without a password: devices that stay signed in, passkeys; and who helped in a session.

A device and a passkey belong to an account, and an account to no clinic: these two carry no `clinic_id`, as `account`
does not. What an account may see is still asked of its membership or grant at every request.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id

#: A credential's id has at most 1023 bytes (WebAuthn, section 4), which base64url writes with 1364 characters.
CREDENTIAL_LENGTH = 1364


class DeviceLogin(Base):
    """A phone, tablet or computer that stays signed in. Only the hash of its secret is kept."""

    __tablename__ = "device_login"

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: What it calls itself, as a `webapp.store.devices.Kind`.
    kind: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Passkey(Base):
    """A public key whose private half never leaves the person's device or its key store."""

    __tablename__ = "passkey"

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    #: base64url without padding.
    credential_id: Mapped[str] = mapped_column(String(CREDENTIAL_LENGTH), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    #: Grows with each use on devices that count; one that goes back is a copy and is refused.
    sign_count: Mapped[int] = mapped_column(default=0)
    #: What the device on which it was made calls itself.
    kind: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime | None]


class SessionHelper(Base):
    """Someone who helped with a session, or entered it for the patient. Only inserted."""

    __tablename__ = "session_helper"

    session_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("patient_session.id"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("account.id"), primary_key=True
    )
    clinic_id: Mapped[ClinicId]
    created_at: Mapped[CreatedAt]
