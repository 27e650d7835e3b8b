"""How one session went, put together from its events for whoever reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from coach.events import Event, HoldEnded, Rep
from coach.exercise import Exercise, Prescription
from coach.summary import fold
from webapp.i18n import _, _n
from webapp.store import exercises, log, programs, ranges, sessions, verdicts
from webapp.store.engine import Session
from webapp.store.session_tables import PatientSession
from webapp.store.tables import PrescriptionVersion
from webapp.store.verdicts import Judged

#: From so many repetitions on, the furthest is what was reached twice: one landmark's jump makes no headline.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Review:
    """One session. `angle` is the one that the therapist's target is for, `best_deg` how far it went.

    `reps` are as they count now: with the therapist's verdicts and faults where they overruled the coach, `judged`
    holds both. `faults` are ids of checks and limits with how often each was seen, the most frequent first.
    """

    exercise: Exercise | None
    prescribed: Prescription
    version: int
    reps: tuple[Rep, ...]
    holds: tuple[HoldEnded, ...]
    faults: tuple[tuple[str, int], ...]
    angle: str | None
    target_deg: float | None
    best_deg: int | None
    furthest_yet: bool
    judged: tuple[Judged, ...]

    def reached(self, rep: Rep) -> int | None:
        """How far one repetition went towards the target, whole degrees."""
        span = rep.rom_deg.get(self.angle) if self.angle else None
        return None if span is None else span[0] if self._smaller else span[1]

    @property
    def _smaller(self) -> bool:
        return _towards_smaller(self.exercise, self.angle)

    def shrinks(self, angle: str) -> bool:
        """Whether a repetition makes this angle smaller: its target is to reach a smaller one."""
        targets = self.exercise.targets if self.exercise else {}
        return angle in targets and targets[angle].towards == "smaller"

    @property
    def angles(self) -> tuple[str, ...]:
        """Names of all angles that any repetition has degrees for."""
        return tuple(dict.fromkeys(name for rep in self.reps for name in rep.rom_deg))


def review(session: Session, row: PatientSession) -> Review:
    """Read a session with its events. Whether the asker may see it has been asked before."""
    events = sessions.events(session, row.id)
    version = session.get_one(PrescriptionVersion, row.version_id)
    prescribed = programs.prescribed(version, row.local_date)
    exercise = exercises.find(session, row.clinic_id, row.exercise_id, row.started_at)
    angle = next(iter(exercise.targets), None) if exercise else None
    judged = verdicts.judged(session, row.id, events)
    reps = tuple(_holding(judged))
    best = _best(reps, angle, _towards_smaller(exercise, angle))
    return Review(
        exercise=exercise,
        prescribed=prescribed,
        version=version.number,
        reps=reps,
        holds=tuple(event for event in events if isinstance(event, HoldEnded)),
        faults=_faults(events, judged),
        angle=angle,
        target_deg=target_of(exercise, prescribed, angle),
        best_deg=best,
        furthest_yet=best is not None and _furthest(session, row, exercise, angle, best),
        judged=tuple(judged),
    )


def _holding(judged: Sequence[Judged]) -> Iterator[Rep]:
    """The repetitions that the coach measured and nobody has struck out, with the newest word on each."""
    for one in judged:
        verdict = one.verdict
        if one.rep is not None and verdict != "none":
            yield msgspec.structs.replace(one.rep, verdict=verdict, faults=one.faults)


def _faults(events: Sequence[Event], judged: Sequence[Judged]) -> tuple[tuple[str, int], ...]:
    """How often each fault was seen: as the events say, or in the repetitions that count since a therapist looked."""
    if not any(one.review for one in judged):
        return tuple(Counter(fold(events).faults).most_common())
    seen = Counter(fault for one in judged if one.verdict != "none" for fault in one.faults)
    return tuple(seen.most_common())


def target_of(
    exercise: Exercise | None, prescribed: Prescription, angle: str | None
) -> float | None:
    """The degrees to reach: the therapist's, or the exercise's own."""
    if exercise is None or angle is None:
        return None
    return prescribed.targets.get(angle, exercise.targets[angle].default)


def best_by_session(session: Session, rows: list[PatientSession], exercise: Exercise) -> list[int]:
    """How far each session went towards the first target, in the order of `rows`; none for those without degrees."""
    angle = next(iter(exercise.targets), None)
    if angle is None:
        return []
    spans = ranges.of_sessions(session, [row.id for row in rows], angle)
    end = 0 if _towards_smaller(exercise, angle) else 1
    return [spans[row.id][end] for row in rows if row.id in spans]


def headline(row: PatientSession, found: Review) -> str:
    """The one sentence after a session: what was done, how much of it reached the target, how far it went."""
    if row.source == "manual":
        return _("You entered %(work)s. Well done.", work=_work(row))
    if not row.reps and not row.hold_s:
        return _("Nothing was counted this time.")
    if not row.reps:
        return _("Held for %(seconds)d seconds.", seconds=round(row.hold_s))
    if found.best_deg is None:
        return _(
            "%(work)s, %(correct)d of them as prescribed.", work=_work(row), correct=row.correct
        )
    values = {"work": _work(row), "correct": row.correct, "best": found.best_deg}
    if found.furthest_yet:
        return _("%(work)s, %(correct)d to your target. Furthest yet: %(best)d°.", **values)
    return _("%(work)s, %(correct)d to your target. Furthest today: %(best)d°.", **values)


def _work(row: PatientSession) -> str:
    if row.reps:
        return _n("%(num)d repetition", "%(num)d repetitions", row.reps)
    return _n("%(num)d second held", "%(num)d seconds held", round(row.hold_s))


def _towards_smaller(exercise: Exercise | None, angle: str | None) -> bool:
    return bool(exercise and angle and exercise.targets[angle].towards == "smaller")


def _best(reps: tuple[Rep, ...], angle: str | None, smaller: bool) -> int | None:
    spans = [rep.rom_deg[angle] for rep in reps if angle in rep.rom_deg] if angle else []
    if not spans:
        return None
    furthest = (
        sorted(span[0] for span in spans)
        if smaller
        else sorted((s[1] for s in spans), reverse=True)
    )
    return furthest[1 if len(furthest) >= _ENOUGH else 0]


def _furthest(
    session: Session, row: PatientSession, exercise: Exercise | None, angle: str | None, best: int
) -> bool:
    """Whether no earlier session of this prescription went further (and there was one)."""
    earlier = [
        one.id
        for one in log.of_prescription(session, row.prescription_id)
        if one.started_at < row.started_at
    ]
    spans = ranges.of_sessions(session, earlier, angle or "").values()
    if not spans:
        return False
    if _towards_smaller(exercise, angle):
        return best < min(span[0] for span in spans)
    return best > max(span[1] for span in spans)
