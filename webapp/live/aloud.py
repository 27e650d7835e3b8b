"""What the live page says besides, to who exercises by ear alone."""

from __future__ import annotations

from webapp.i18n import _


def texts() -> dict[str, str]:
    """Sets, rests and pauses, each in one sentence."""
    return {
        "set": _("Set {set} of {sets}."),
        "rest": _("Well done. Rest for {seconds} seconds."),
        "rest_left": _("{seconds} seconds of rest left."),
        "paused": _("Paused."),
        "going_on": _("Going on."),
    }
