"""What a page needs to show one session: repetitions with both verdicts, faults by kind, differences, comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from coach.events import Rep
from coach.exercise import Exercise
from webapp.auth.actor import current_actor
from webapp.extensions import database, settings
from webapp.replaying import keeping
from webapp.replaying.differences import Difference, differences
from webapp.replaying.replay import Replay
from webapp.review import review
from webapp.store import access, audit, helping, messages, people, sessions, verdicts
from webapp.store.access import Actor
from webapp.store.engine import Session
from webapp.store.series import FolderSeries
from webapp.store.session_tables import PatientSession
from webapp.store.verdicts import Judged
from webapp.therapist.verdict_form import faults_of


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One kind of fault and the repetitions it was seen in."""

    fault: str
    ones: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Which form stands open (`an ordinal`, `missed`), what was typed into it, and what was wrong with that."""

    opened: str = ""
    typed: Mapping[str, Any] | None = None
    problems: Mapping[str, str] | None = None


def series() -> FolderSeries:
    """Where the recordings of this app lie."""
    return FolderSeries(settings().data_dir / "series")


def show(session_id: str, form: Form, said: str = "") -> str:
    """The page of a session; when htmx asks, only the part with the verdicts. Leaves an audit row."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        audit.viewed(db, actor, row.patient_id, "session", session=row.id)
        if actor.role == "therapist":
            messages.mark_read(db, actor, row.patient_id, row.id)
    with database().reading() as db:
        row = access.require_session(db, actor, session_id)
        part = "HX-Request" in request.headers
        template = "therapist/_judged.html" if part else "therapist/session.html"
        return render_template(template, form=form, said=said, **_values(db, actor, row))


def _values(db: Session, actor: Actor, row: PatientSession) -> dict[str, Any]:
    found = review(db, row)
    kept = sessions.series_of(db, row.id) is not None
    replay = keeping.ready(db, row, series())
    judging = actor.role == "therapist"
    return {
        "row": row,
        "person": access.require_patient(db, actor, row.patient_id),
        "review": found,
        "helped_by": helping.names(db, row),
        "coach_totals": verdicts.coach_totals(row),
        "kinds": kinds(found.judged),
        "authors": _authors(db, actor, found.judged),
        "judging": judging and row.status != "live",
        "open_verdicts": sum(one.review is None for one in found.judged),
        "may_tick": faults_of(found.exercise),
        "kept": kept,
        "waiting": kept and replay is None,
        "differences": told(replay),
        "thread": messages.thread(db, actor, row.patient_id, row.id) if judging else None,
        "target_of": lambda rep: _target(found.exercise, rep) if judging else {},
    }


def _authors(db: Session, actor: Actor, judged: tuple[Judged, ...]) -> dict[str, str]:
    """The names of those who reviewed, by account."""
    wanted = {one.review.author_id for one in judged if one.review}
    return people.names(db, actor.clinic_id, wanted)


def told(replay: Replay | None) -> list[Difference] | None:
    """The differences from the reference; None when nothing was compared."""
    return differences(replay.likenesses) if replay and replay.likenesses else None


def kinds(judged: tuple[Judged, ...]) -> list[FaultKind]:
    """The faults of the repetitions that count, the most frequent first."""
    counting = [one for one in judged if one.verdict != "none"]
    names = dict.fromkeys(fault for one in counting for fault in one.faults)
    found = [
        FaultKind(name, tuple(one for one in counting if name in one.faults)) for name in names
    ]
    return sorted(found, key=lambda kind: -len(kind.ones))


def _target(exercise: Exercise | None, rep: Rep) -> dict[str, int]:
    """How far a repetition went, as the editor takes it: `target.<angle>` in degrees that may be set."""
    targets = exercise.targets if exercise else {}
    return {
        f"target.{name}": round(
            min(target.max, max(target.min, rep.rom_deg[name][target.towards != "smaller"]))
        )
        for name, target in targets.items()
        if name in rep.rom_deg
    }
