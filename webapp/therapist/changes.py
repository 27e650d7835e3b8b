"""What changed from one version of a prescription to the next, in short sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from coach.exercise import Exercise, Tempo
from webapp.i18n import _
from webapp.plan_words import load_text, schedule_text, weeks_text
from webapp.store import people, programs
from webapp.store.engine import Session
from webapp.store.plans import Phase, Plan
from webapp.store.tables import PrescriptionVersion
from webapp.therapist import forms
from webapp.words import SIDES, angle_name, degrees_text, dose_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the history: who made it, when and why, and what it changed."""

    number: int
    who: str
    at: datetime
    why: str
    changes: tuple[str, ...]


def history(session: Session, row_id: str, exercise: Exercise) -> list[Entry]:
    """All versions, newest first."""
    versions = programs.history(session, row_id)
    names = people.names_of_accounts(session, {one.author_id for one in versions})
    plans = [forms.complete(exercise, programs.plan(one)) for one in versions]
    told = [tuple(between(old, new)) for new, old in pairwise(plans)] + [(_("The beginning."),)]
    return [_entry(one, names, what) for one, what in zip(versions, told, strict=True)]


def _entry(one: PrescriptionVersion, names: Mapping[str, str], what: Sequence[str]) -> Entry:
    return Entry(one.number, names.get(one.author_id, "–"), one.created_at, one.why, tuple(what))


def between(old: Plan, new: Plan) -> Iterator[str]:
    """Every difference as "what: before → after"."""
    a, b = old.prescribed, new.prescribed
    yield from _degrees(_("Reach"), a.targets, b.targets)
    yield from _degrees(_("Do not exceed"), a.limits, b.limits)
    if a.dose and b.dose and a.dose != b.dose:
        yield from _arrow(_("Dose"), dose_text(a.dose), dose_text(b.dose))
        yield from _arrow(_("Rest, seconds"), f"{a.dose.rest_s:g}", f"{b.dose.rest_s:g}")
    yield from _arrow(_("Tempo"), _tempo(a.tempo), _tempo(b.tempo))
    yield from _arrow(_("Side"), str(SIDES.get(a.sides or "")), str(SIDES.get(b.sides or "")))
    yield from _arrow(_("Load"), load_text(old.load), load_text(new.load))
    yield from _arrow(_("When"), schedule_text(old.schedule), schedule_text(new.schedule))
    yield from _arrow(_("Phases"), phases_text(old.phases), phases_text(new.phases))
    if old.note != new.note:
        yield _("The note to the patient was changed.")


def phases_text(phases: Sequence[Phase]) -> str:
    """ "weeks 3 to 4: 3 sets of 12, 95°; from week 5 on: ..."."""
    following: list[Phase | None] = [*phases[1:], None]
    return "; ".join(_phase(one, after) for one, after in zip(phases, following, strict=False))


def _phase(phase: Phase, following: Phase | None) -> str:
    parts = [dose_text(phase.dose)] if phase.dose else []
    parts += [degrees_text(deg) for deg in phase.targets.values()]
    return _("%(weeks)s: %(what)s", weeks=weeks_text(phase, following), what=", ".join(parts))


def _degrees(what: str, old: Mapping[str, float], new: Mapping[str, float]) -> Iterator[str]:
    for name in dict.fromkeys([*old, *new]):
        title = _("%(what)s, %(angle)s", what=what, angle=angle_name(name))
        yield from _arrow(title, degrees_text(old.get(name)), degrees_text(new.get(name)))


def _arrow(what: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        yield _("%(what)s: %(old)s → %(new)s", what=what, old=old or "–", new=new or "–")


def _tempo(tempo: Tempo | None) -> str:
    return f"{tempo.out_s:g}-{tempo.hold_s:g}-{tempo.back_s:g}" if tempo else ""
