"""What an invitation looks like on a screen and on paper: a link, its QR code, and a code to type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from webapp.store.invitations import Secrets


@dataclass(frozen=True, slots=True)
class Sheet:
    """One invitation, ready to be shown once. `qr` is an SVG element of our own making."""

    name: str
    link: str
    short_link: str
    code: str
    qr: str
    expires_at: datetime


def sheet(name: str, secrets: Secrets) -> Sheet:
    """The sheet of an invitation that was just made for someone of this name."""
    link = url_for("joining.by_link", token=secrets.token, _external=True)
    return Sheet(
        name=name,
        link=link,
        short_link=url_for("joining.by_code", _external=True).split("://", maxsplit=1)[1],
        code=secrets.code,
        qr=qr_svg(link),
        expires_at=secrets.expires_at,
    )


def qr_svg(text: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) as SVG with its quiet zone, dark on white in every theme."""
    import segno  # only here: most pages show none

    code = segno.make(text, error="m", micro=False)
    return str(
        code.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    )
