"""The exercise that was asked for: one by its id, `auto` (whichever is being done) or `any` (whatever is repeated).

The one place where a name on the command line becomes what a stream is judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from coach.absence import tailored
from coach.commands.catalogue import Catalogue
from coach.commands.words import FORM_NOT_JUDGED
from coach.errors import DoseError, MediaError, UnknownExerciseError
from coach.exercise import AS_IT_STANDS, Exercise, Prescription
from coach.frame import PoseFrame
from coach.recognising.free_session import ANY, FreeSession
from coach.recognising.recognition import CLEAR, Fit, recognise
from coach.session import ExerciseSession
from coach.stream import Gap
from coach.variants import variant_of

AUTO: Final = "auto"


class Chosen(NamedTuple):
    """What a stream is judged by. `session`: None for the exercise's usual one; `notes` for the result; `worth`: the
    more, the more likely this is the stream of the person who exercises."""

    exercise: Exercise
    session: ExerciseSession | None = None
    notes: tuple[str, ...] = ()
    worth: float = 0.0


class Request:
    """What was asked for. `exercise` is None when only the whole stream tells."""

    def __init__(
        self, wanted: str, catalogue: Catalogue, wish: Prescription = AS_IT_STANDS
    ) -> None:
        """`wanted`: an id, a `.toml` file, `auto` or `any`; `wish`: variant and absent parts of the body.

        Raises UnknownExerciseError, ExerciseFileError, and DoseError where the exercise cannot be done so.
        """
        self._auto, self._catalogue, self.wish = wanted == AUTO, catalogue, wish
        whole = wanted in {AUTO, ANY.id}
        self.exercise = None if whole else catalogue.exercise(wanted)
        if self.exercise is not None:
            tailored(self.exercise, wish)
        elif wanted == ANY.id and wish != AS_IT_STANDS:
            raise DoseError(
                f"--exercise {ANY.id} counts whatever is repeated and knows no variant and no absent part; name the "
                "exercise."
            )

    def choose(self, stream: Sequence[PoseFrame | Gap], source: str) -> Chosen:
        """What to judge this whole stream by. Raises MediaError (nobody in it), UnknownExerciseError (nothing fits)."""
        if self.exercise is not None:
            return Chosen(self.exercise)
        frames = [frame for frame in stream if isinstance(frame, PoseFrame)]
        if not frames:
            raise nobody(source)
        if self._auto:
            return self._recognised(frames, source)
        session = FreeSession(frames)
        return Chosen(ANY, session, (FORM_NOT_JUDGED,), session.due)

    def definition(self, exercise_id: str) -> Exercise:
        """The exercise that a result names: the one asked for, or the one chosen. Raises UnknownExerciseError."""
        if exercise_id == ANY.id:
            return ANY
        return variant_of(self.exercise or self._catalogue.load(exercise_id), self.wish.variant)

    def most_likely(self, streams: Sequence[Sequence[PoseFrame | Gap]], source: str) -> int:
        """Which of several people's streams to judge: where most is done; among equals the first."""
        worth = [self._worth(stream, source) for stream in streams]
        return worth.index(max(worth))

    def _worth(self, stream: Sequence[PoseFrame | Gap], source: str) -> float:
        try:
            return self.choose(stream, source).worth
        except (MediaError, UnknownExerciseError):
            return -1.0

    def _recognised(self, frames: Sequence[PoseFrame], source: str) -> Chosen:
        ids = self._catalogue.ids()
        ranked = recognise(frames, [self._catalogue.load(one) for one in ids])
        if not ranked or ranked[0].score < CLEAR:
            raise UnknownExerciseError(
                f"No exercise was recognised in {source}: the movement fits none of them well. Name it with "
                f"--exercise ({', '.join(ids)}), or count whatever is repeated with --exercise {ANY.id}."
            )
        best = self._catalogue.load(ranked[0].exercise)
        return Chosen(best, None, (recognition_note(ranked),), ranked[0].score)


def recognition_note(ranked: Sequence[Fit]) -> str:
    """`recognised:<id>:<per cent>`, and `:<id>` of the next, if any; `coach.commands.words` says it in words.

    The per cent weigh the best against the next and against the score that anything must reach.
    """
    best, *others = ranked
    against = CLEAR + (others[0].score if others else 0.0)
    sure = round(100 * best.score / (best.score + against))
    return ":".join(["recognised", best.exercise, str(sure), *(one.exercise for one in others[:1])])


def nobody(source: str) -> MediaError:
    """Nobody was ever seen in `source`: what to do about it."""
    return MediaError(
        f"Nobody was found in {source}. The whole body should be in the picture, well lit and not too far away."
    )
