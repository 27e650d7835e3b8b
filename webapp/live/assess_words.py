"""What the measuring page says: every sentence its modules show or speak, in the reader's language."""

from __future__ import annotations

from typing import Any

from webapp.assessed import Assessment
from webapp.i18n import _
from webapp.live import words


def texts(what: Assessment) -> dict[str, Any]:
    """The sentences of the page's modules."""
    return {
        "trouble": words.troubles() | _troubles(),
        "done": _("done"),
        "open": _("still missing"),
        "muted": _("Voice off"),
        "voiced": _("Voice on"),
        "no_voice": _("No voice here"),
        "away": _("No connection. Measuring goes on, and is worked out when it is back."),
        "saving": _("Working it out…"),
        "deg": _("{deg}°"),
        "band": _("give or take {error}°"),
        "unseen": _(
            "Nobody can read the angle now: show the joint, and stay turned as in the drawing"
        ),
        "attempt": _("{number}:\N{NO-BREAK SPACE}{deg}°"),
        "attempt_say": _("{deg} degrees"),
        "left": _("{seconds} seconds left"),
        "seconds": _("seconds"),
        "stands": _("times up"),
        "of_stands": _("{count} of {goal}"),
        "three": _("Three"),
        "two": _("Two"),
        "one": _("One"),
        "go": _("Go"),
        "lost": _("Come back into the picture"),
        "time_over": _("Time is over. Sit down and rest."),
        "enough": _("That is all. Well done."),
        **_task(what),
    }


def _task(what: Assessment) -> dict[str, str]:
    """What to do when all is ready: said once, and shown all the time."""
    kind = what.test.kind if what.test else "motion"
    show = {
        "motion": _("As far as you can, and hold it for a second. Three times."),
        "count": _("Stand up fully and sit down, as often as you can."),
        "time": _("Stand up fully and sit down five times, as fast as is safe."),
        "hold": _("Stand on this leg as long as you can. Up to three tries."),
    }[kind]
    return {"task": show, "ready": _("Ready.") + " " + show}


def _troubles() -> dict[str, dict[str, str]]:
    kept = _("Nothing was kept of this try.")
    return {
        "no_camera": {
            "title": _("No camera was found"),
            "text": _("Plug one in, or switch it on, and try again."),
        },
        "camera_lost": {
            "title": _("The camera has gone"),
            "text": _("Its plug may be loose, or it was switched off. Plug it in and measure again."),
        },
        "no_webgl": {
            "title": _("This browser cannot do the graphics this needs"),
            "text": _("Switch on hardware acceleration in its settings, or use another browser."),
        },
        "unknown": {"title": _("Something went wrong here"), "text": kept},
        "left": {
            "title": _("This page was left"),
            "text": _("It looks at nothing while it is not shown. Measure again when you are ready."),
        },
        "not_found": {
            "title": _("This is not asked for any more"), "text": _("Go back and look what is."),
        },
        "not_allowed": {
            "title": _("Please log in again"), "text": _("Your login has ended."),
        },
        "too_long": {
            "title": _("This has gone on for too long"),
            "text": _("A measurement takes no more than five minutes. Begin again."),
        },
    }  # fmt: skip


def problem(reason: str) -> dict[str, str]:
    """Why there is no number, and what to do (reasons of `coach.errors.NotMeasuredError`)."""
    said = {
        "unseen": _(
            "The joint could not be seen well enough. Let the side that is measured be nearer to the camera, in good "
            "light, with nothing in front of it."
        ),
        "wrong_view": _(
            "You were turned another way than in the drawing. Turn, and measure again."
        ),
        "hardly_moved": _(
            "The joint hardly moved. Move as far as you can, hold it for a second, come back, and do it three times."
        ),
        "no_repetition": _(
            "No full stand was seen. Sit down first, then stand up until you are straight."
        ),
        "too_few": _("Five full stands are needed. Stand up until you are straight each time."),
        "no_hold": _(
            "Nobody was seen standing on this leg. Lift the other foot clear of the floor."
        ),
    }
    return {"title": _("No number this time"), "text": said[reason]}
