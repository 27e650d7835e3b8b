"""Secrets for getting in: a link's token, and a short code that a person can read, say and type. Pure functions.

The code forgives: blanks, dashes and case do not matter, and characters that look alike are one. It is short, so
three things stand beside it: the birth year, the lock after wrong tries, and a slow hash.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Final

#: Digits, and letters that look like no digit and like no other letter here.
ALPHABET: Final = "0123456789ACDEFHJKMNPRTVWXY"
#: What is read for what it looks like: O and Q for zero, I and L for one, Z, S, G and B for 2, 5, 6 and 8, U for V.
LOOK_ALIKES: Final = str.maketrans("OQILZSGBU", "00112568V")
#: 27^8 is 2.8e11: 38 bits.
CODE_LENGTH: Final = 8
_GROUP: Final = 4
#: scrypt's cost: about 25 ms and 8 MB a try, for us once a try, for whoever has stolen a database once a guess.
_SCRYPT_N: Final = 2**13
_SALT: Final = b"coach: code of an invitation"


def new_token() -> str:
    """A secret for a link or a cookie: 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A secret for people, as it is shown: `K7M4-X2RD`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{code[:_GROUP]}-{code[_GROUP:]}"


def normal(typed: str) -> str:
    """A code as it was meant: whatever is no letter or digit is left out, look-alikes are read as what they stand for.

    Digits of every script count as digits.
    """
    plain = "".join(_western(sign) for sign in unicodedata.normalize("NFKC", typed))
    return "".join(sign for sign in plain.upper().translate(LOOK_ALIKES) if sign in ALPHABET)


def token_hash(token: str) -> str:
    """What is kept of a token: 64 hex digits. Fast, because 256 bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(typed: str) -> str:
    """What is kept of a code: 64 hex digits, slowly, because 38 bits could be guessed by whoever holds the hash.

    The salt is the same for all, so that a code can be looked up.
    """
    code = normal(typed).encode()
    return hashlib.scrypt(code, salt=_SALT, n=_SCRYPT_N, r=8, p=1, dklen=32).hex()


def is_year(typed: str, year: int) -> bool:
    """Whether someone typed this year: `1958`, `58`, in any script's digits, or in a date such as `3.12.1958`."""
    digits = "".join(_western(sign) if sign.isdigit() else " " for sign in typed).split()
    whole = [part for part in digits if len(part) == 4]
    if whole:
        return whole == [str(year)]
    return digits == [f"{year % 100:02d}"]


def _western(sign: str) -> str:
    """A digit of any script as 0 to 9; anything else as it is."""
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
