"""One form for each e-mail address."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def normal_email(typed: str) -> str:
    """The address as it is kept, lower case; empty when it is none. Nothing is asked of the network."""
    try:
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    return found.normalized.lower()
