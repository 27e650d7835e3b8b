"""The demo accounts. Their password is public, so they open nothing outside demo mode."""

from __future__ import annotations

from typing import Final

from webapp.store.tables import ROLES

DEMO_EMAILS: Final = {role: f"{role}@demo.example" for role in ROLES}
DEMO_PASSWORD: Final = "riverside-demo"  # noqa: S105  # public on purpose: it stands in the README
