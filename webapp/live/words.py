"""What the live page says: every sentence its modules show or speak, in the reader's language."""

from __future__ import annotations

from typing import Any

from coach.exercise import Exercise, Gesture, Tempo
from poses import catalogue
from webapp.i18n import _, _l, language
from webapp.words import number_text, words_of

Texts = dict[str, Any]


def texts() -> Texts:
    """The sentences of the page's modules."""
    return {
        "trouble": troubles(),
        "done": _("done"),
        "open": _("still missing"),
        "verdicts": {
            "correct": _("reached"),
            "incomplete": _("a little short"),
            "faulty": _("look at the form"),
        },
        "gauge": {"good": _("Good"), "stop": _("Stop there")},
        "set_of": _("set {set} of {sets}"),
        "of": _("of {goal}"),
        "seconds": _("seconds of {goal}"),
        "side": {"left": _("Left side"), "right": _("Right side")},
        "rest": _("Rest. Next set in {seconds} seconds"),
        "rest_say": _("Well done. Rest now."),
        "next_set": _("Next set"),
        "ready": _("Ready. Begin when you like."),
        "begin": _("Begin when you like"),
        "away": _(
            "No connection. Coaching is paused; your movement is recorded and counted when it is back."
        ),
        "away_pictures": _(
            "No connection. Coaching is paused, because your clinic's computer looks at the pictures. "
            "What was counted is kept."
        ),
        "unanswered": _("The server does not answer. Trying again…"),
        "catching_up": _("Back again. Counting what was recorded."),
        "storage": _(
            "Saving does not work right now. Go on: everything is kept on this device until it does."
        ),
        "paused": _("Paused"),
        "saving": _("Saving…"),
        "saving_offline": _(
            "No connection. Your session is kept on this device and saved when it is back; "
            "you may leave this page open."
        ),
        "muted": _("Voice off"),
        "voiced": _("Voice on"),
        "no_voice": _("No voice here"),
        "ghost_on": _("Figure on"),
        "ghost_off": _("Figure off"),
        "demo_halt": _("Halt"),
        "demo_play": _("Play"),
        "next_up": _("Next: {name}, in {seconds} seconds"),
        "hold": {
            "pause": _("Hold to pause"),
            "resume": _("Hold to go on"),
            "next": _("Hold to go on now"),
        },
        "listen_on": _("Listening"),
        "listen_off": _("Listen to me"),
        "looks_like": _("This looks like “{name}”. Switch?"),
        "resumed": _("Welcome back. Going on where you were."),
    }


GESTURES = {
    "hand_up": _l("one arm straight up"),
    "hands_up": _l("both arms straight up"),
    "arms_crossed": _l("arms crossed, hands on the shoulders"),
}


def hands_free(gesture: Gesture) -> Texts:
    """How to pause, go on and stop without touching anything in this exercise; nothing where no gesture is left."""
    if gesture == "none":
        return {}
    shown = GESTURES[gesture]
    return {
        "hands_free": _(
            "Hands-free: hold %(gesture)s to pause and to go on; hold it longer to stop.",
            gesture=shown,
        ),
        "hands_free_next": _(
            "Hands-free: hold %(gesture)s to go on now; hold it longer to stop here.", gesture=shown
        ),
    }


def commands() -> dict[str, list[str]]:
    """What may be said, by command, for browsers that understand speech on the device."""
    spoken = {
        "start": _("start, begin"),
        "pause": _("pause, wait"),
        "resume": _("go on, continue"),
        "stop": _("stop, finish"),
        "next": _("next, next exercise"),
        "back": _("show me again, once more"),
    }
    return {name: [one.strip() for one in said.split(",")] for name, said in spoken.items()}


def troubles() -> dict[str, dict[str, str]]:
    """Why it does not work here, and what to do: one entry for each cause."""
    return {**_camera_troubles(), **_browser_troubles(), **_session_troubles()}


def _camera_troubles() -> dict[str, dict[str, str]]:
    return {
        "insecure": _trouble(
            _("The camera cannot be used on this address"),
            _(
                "Browsers give the camera only to safe addresses. Open this page with https:// in "
                "front, or ask your clinic for the right link."
            ),
        ),
        "refused": _trouble(
            _("The camera is not allowed yet"),
            _(
                "Click the camera or the lock beside the address, choose “allow”, and try again. "
                "Pictures leave this device only if you agree to that first."
            ),
        ),
        "no_camera": _trouble(
            _("No camera was found"),
            _(
                "Plug one in, or switch it on, and try again. You can also do the exercise without it "
                "and enter it by hand."
            ),
        ),
        "camera_busy": _trouble(
            _("Another program is using the camera"),
            _("Close video calls and other camera programs, then try again."),
        ),
        "camera_lost": _trouble(
            _("The camera has gone"),
            _(
                "Its plug may be loose, or it was switched off. Everything you did is kept: plug it "
                "in and try again to go on."
            ),
        ),
        "camera_failed": _trouble(
            _("The camera did not start"),
            _("Unplug it and plug it in again, or restart the browser, then try again."),
        ),
        "no_picture": _trouble(_("The picture does not play"), _("Reload the page and try again.")),
        "no_clip": _trouble(
            _("There is no sample clip of this exercise"),
            _("Use the camera, or do it without and enter it by hand."),
        ),
    }


def _browser_troubles() -> dict[str, dict[str, str]]:
    return {
        "old_browser": _trouble(
            _("This browser is too old"),
            _(
                "Finding your body in the picture needs a browser of the last two years. Update it, "
                "or use another one."
            ),
        ),
        "no_webgl": _trouble(
            _("This browser cannot do the graphics this needs"),
            _(
                "Switch on hardware acceleration in its settings, or use another browser. You can "
                "always enter by hand."
            ),
        ),
        "pictures_full": _trouble(
            _("Too many at the moment"),
            _(
                "Your clinic's computer is looking at the pictures of others. Try again in a few minutes, "
                "or do it with the timer."
            ),
        ),
        "pictures_failed": _trouble(
            _("Your clinic's computer could not look at the pictures"),
            _("Try again; if it stays, tell your clinic. You can always enter by hand."),
        ),
        "no_model": _trouble(
            _("The body finder could not be loaded"),
            _("The connection may have broken. Try again; if it stays, tell your clinic."),
        ),
    }


def _session_troubles() -> dict[str, dict[str, str]]:
    return {
        "taken": _trouble(
            _("This exercise goes on in another window"),
            _(
                "You opened it again somewhere else, so this window has stopped. Everything is kept. "
                "To go on here, try again."
            ),
        ),
        "not_allowed": _trouble(
            _("Please log in again"),
            _(
                "Your login has ended. Log in and open the exercise again: it goes on where you were."
            ),
        ),
        "over": _trouble(
            _("This session has ended"),
            _(
                "It was closed in the meantime, and everything that was counted is kept. Start a new one."
            ),
        ),
        "not_found": _trouble(
            _("This exercise is not in your program any more"), _("Go back to today's exercises.")
        ),
        "unknown": _trouble(
            _("Something went wrong here"), _("Try again. Everything that was counted is kept.")
        ),
    }


def _trouble(title: str, text: str) -> dict[str, str]:
    return {"title": title, "text": text}


def guide_texts() -> dict[str, dict[str, str]]:
    """What is still missing before the exercise can start; the catalogue's own words come first."""
    own = {
        "step_into_view": _("Step into the picture"),
        "step_back": _("Step back a little"),
        "step_closer": _("Come a little closer"),
        "move_to_middle": _("Move to the middle of the picture"),
        "turn_side": _("Turn your side to the camera"),
        "turn_front": _("Turn to face the camera"),
        "turn_oblique": _("Turn half way to the camera"),
        "level_camera": _("Set the camera straight: it is tilted"),
        "lower_camera": _("Put the camera lower, looking straight ahead"),
        "raise_camera": _("Put the camera higher, looking straight ahead"),
        "more_light": _("Put on more light"),
        "show_nose": _("Show your head"),
        "show_shoulder": _("Show your shoulders"),
        "show_elbow": _("Show your elbows"),
        "show_wrist": _("Show your hands"),
        "show_hip": _("Show your hips"),
        "show_knee": _("Show your knees"),
        "show_ankle": _("Show your feet"),
        "show_heel": _("Show your heels"),
        "show_foot_index": _("Show your toes"),
    }
    known = catalogue.cues(language())
    return {
        key: {"say": known[key].say, "show": known[key].show}
        if key in known
        else {"say": text, "show": text}
        for key, text in own.items()
    }


def cue_texts(exercise: Exercise) -> dict[str, dict[str, str]]:
    """The words of every cue, with what kind of sign goes with it in this exercise.

    `more`, if any, is said and shown after it: who did not begin in the start position is told which one that is.
    """
    further = {target.cue for target in exercise.targets.values()}
    stop = {limit.cue for limit in exercise.limits.values()}
    form = {check.cue for check in exercise.checks}
    kinds = [("further", further), ("stop", stop), ("form", form)]
    more = {"begin_at_the_start": words_of(exercise).steps[0]}
    return {
        key: {
            "say": cue.say,
            "show": cue.show,
            "more": more.get(key, ""),
            "kind": next((kind for kind, keys in kinds if key in keys), "info"),
        }
        for key, cue in catalogue.cues(language()).items()
    }


def stop_reasons() -> list[tuple[str, str]]:
    """Why someone stops, as they would say it."""
    return [
        ("finished", _("I am done")),
        ("pain", _("It hurts")),
        ("tired", _("I am tired")),
        ("no_time", _("No more time")),
        ("other", _("Something else")),
    ]


def placement(exercise: Exercise) -> str:
    """Where to put the camera and how to turn, in one or two sentences."""
    heights = {"low": _("near the floor"), "hip": _("at hip height"), "chest": _("at chest height")}
    turns = {
        "side": _("Turn your side to it."),
        "front": _("Face it."),
        "oblique": _("Turn half way to it."),
    }
    camera = exercise.camera
    where = _(
        "Put the camera %(height)s, about %(metres)s metres away.",
        height=heights[camera.height],
        metres=number_text(camera.distance_m),
    )
    return f"{where} {turns[camera.views[0]]}"


def tempo(tempo: Tempo) -> str:
    """The prescribed tempo, as three numbers of seconds."""
    numbers = "–".join(
        number_text(seconds) for seconds in (tempo.out_s, tempo.hold_s, tempo.back_s)
    )
    return _("Tempo %(numbers)s seconds", numbers=numbers)
