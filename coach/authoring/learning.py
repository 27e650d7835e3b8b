"""A new exercise from a demonstration of 2 to 5 repetitions: what moves, how far, how fast, from which posture.

The definition is an ordinary exercise, to be read and corrected by hand. It is tried on its own demonstration before
it is given out: `learn` never returns a definition that counts it wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from coach.authoring import posture
from coach.authoring.demonstration import (
    Shown,
    angles_of,
    counting_of,
    reference_of,
    shown_in,
    target_of,
    tempo_of,
    terms_of,
)
from coach.authoring.watching import METHODS, Watched
from coach.errors import MovementError
from coach.exercise import (
    Camera,
    Exercise,
    Gate,
    Phase,
    Sides,
    Source,
    Term,
    View,
    Words,
)
from coach.exercise_rules import problems
from coach.frame import PoseFrame
from coach.gestures import GESTURES, shows
from coach.measures import points_of
from coach.reference import ReferenceMovement
from coach.session import ExerciseSession
from coach.stream import Gap, run

_OTHER_SIDES: Final[dict[str, tuple[Sides, ...]]] = {
    "left": ("right", "alternating"),
    "right": ("left", "alternating"),
    "alternating": ("left", "right"),
}


class Learned(msgspec.Struct, frozen=True):
    """A learned exercise, its reference movement, and how many repetitions were found and counted again."""

    exercise: Exercise
    reference: ReferenceMovement
    count: int


def learn(
    frames: Sequence[PoseFrame | Gap], exercise_id: str, like: Exercise | None = None
) -> Learned:
    """The exercise shown in these frames; words, posture and checks from `like`, where given. Raises MovementError."""
    people = [frame for frame in frames if isinstance(frame, PoseFrame)]
    if not people:
        raise MovementError("Nobody is in it; record again with the whole body in view.")
    shown = shown_in(Watched(people))
    for exercise in _attempts(shown, exercise_id, like):
        if counted(exercise, frames) == shown.found.count:
            return Learned(exercise, reference_of(shown, exercise_id), shown.found.count)
    raise MovementError(
        f"{shown.found.count} repetitions were found in it, but no definition counts them all; film them slower, "
        "with a moment of stillness in the start position between them."
    )


def counted(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> int:
    """How many repetitions of an exercise a session counts in these frames."""
    session = ExerciseSession(exercise, start="file")
    for _ in run(session, frames):
        pass
    return session.counts.reps


def _attempts(shown: Shown, exercise_id: str, like: Exercise | None) -> Iterator[Exercise]:
    """Definitions, the most careful first: all terms and gates, then fewer terms, then fewer gates."""
    gates = posture.gates(shown.watched, shown.cycles)
    terms = terms_of(shown)
    for kept in (gates, tuple(gate for gate in gates if gate.when == "start"), ()):
        for count in range(len(terms), 0, -1):
            yield _exercise(shown, exercise_id, terms[:count], kept, like)


def _exercise(
    shown: Shown,
    exercise_id: str,
    terms: tuple[Term, ...],
    gates: tuple[Gate, ...],
    like: Exercise | None,
) -> Exercise:
    """The whole definition."""
    view: View = shown.watched.view  # type: ignore[assignment]  # known as soon as a frame was seen
    angles = angles_of(shown, terms, view)
    methods = {angle.measure: {view: METHODS[angle.measure][view]} for angle in angles}
    made = Exercise(
        schema_version=1,
        id=exercise_id,
        kind="cycle",
        tier="B" if methods else "C",
        regions=_regions(terms),
        position=posture.position(shown.watched, [cycle.start_s for _, cycle in shown.cycles]),
        sides=shown.found.sides,
        other_sides=_OTHER_SIDES.get(shown.found.sides, ()),
        words=_words(exercise_id),
        camera=Camera(views=(view,), see=_parts(terms)),
        signal=terms,
        phases=(
            Phase(name="start", at=0.0),
            Phase(name="out"),
            Phase(name="turn", at=1.0),
            Phase(name="back"),
        ),
        counting=counting_of(shown),
        gates=gates,
        methods=methods,
        targets={angle.measure: target_of(angle) for angle in angles},
        tempo=tempo_of(shown),
        sources=(Source(cites=f"Learned from a recording of {shown.found.count} repetitions."),),
    )
    return _with_gesture(made if like is None else _likened(made, like), shown)


def _with_gesture(made: Exercise, shown: Shown) -> Exercise:
    """With the first gesture that the recording never shows and the rules allow."""
    for gesture in GESTURES:
        if not any(shows(gesture, one.image_px, one.visibility) for one in shown.watched.frames):
            named = msgspec.structs.replace(made, gesture=gesture)
            if not any(problem.place == "$.gesture" for problem in problems(named)):
                return named
    return msgspec.structs.replace(made, gesture="none")


def _likened(made: Exercise, like: Exercise) -> Exercise:
    """Words, posture, dose and checks of a known exercise; the movement itself stays as it was shown."""
    phases = like.phases if len(like.phases) == len(made.phases) else made.phases
    names = {phase.name for phase in phases}
    view = made.camera.views[0]
    return msgspec.structs.replace(
        made,
        words=like.words,
        regions=like.regions,
        position=like.position,
        camera=msgspec.structs.replace(like.camera, views=(view,), see=made.camera.see),
        phases=phases,
        checks=tuple(
            one for one in like.checks if view in one.views and names.issuperset(one.phases)
        ),
        dose=like.dose,
    )


def _words(exercise_id: str) -> Words:
    return Words(
        name=exercise_id.replace("_", " ").capitalize(),
        short="Do the movement as it was shown to you.",
        steps=("Start as in the demonstration.", "Move as far as was shown.", "Come back slowly."),
    )


def _parts(terms: Sequence[Term]) -> tuple[str, ...]:
    """Body parts that must be in the picture."""
    names = [name for term in terms for name in points_of(term)]
    return tuple(dict.fromkeys(name.removeprefix("mid_").removeprefix("low_") for name in names))


def _regions(terms: Sequence[Term]) -> tuple[str, ...]:
    """The joints of the terms' angles, else the parts that move."""
    joints = [term.measure.split("_")[0] for term in terms if term.of is None]
    return tuple(dict.fromkeys(joints)) or _parts(terms)[:1]
