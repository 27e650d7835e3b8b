"""Hashing a password outside of a request, as flask-security will check it at the login."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher

#: Long beats complicated (NIST SP 800-63B, section 5.1.1).
MIN_LENGTH = 12


def hash_password(password: str) -> str:
    """An argon2id hash of the password in the normal form that flask-security compares (NFKD)."""
    return PasswordHasher().hash(unicodedata.normalize("NFKD", password))
