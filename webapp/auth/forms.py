"""The login form: e-mail and password, in our words."""

from __future__ import annotations

from flask_security import LoginForm as SecurityLoginForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

from webapp.i18n import _l


def _stripped(text: str | None) -> str | None:
    """Without the blanks that a phone's keyboard likes to add."""
    return text.strip() if text else text


class LoginForm(SecurityLoginForm):
    """flask-security's checks with our labels. It never says which of the two was wrong."""

    remember = None
    email = EmailField(
        _l("E-mail"),
        validators=[InputRequired(_l("Enter your e-mail address."))],
        filters=[_stripped],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
