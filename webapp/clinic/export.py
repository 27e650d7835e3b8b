"""The session log as CSV, row by row, so that a large log needs no large memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from webapp.store.log import Row
from webapp.store.verdicts import coach_totals

COLUMNS = (
    "session", "started_at_utc", "local_date", "time_zone", "patient", "therapist", "exercise", "source", "status",
    "stop_reason", "sets_completed", "reps", "correct", "incomplete", "faulty", "hold_s", "duration_s",
    "prescription_version", "engine", "coach_reps", "coach_correct", "coach_incomplete", "coach_faulty",
)  # fmt: skip


def lines(rows: Iterable[Row], carers: Mapping[str, str]) -> Iterator[str]:
    """The header, then a line a session. Dates are ISO 8601, numbers have a decimal point.

    Verdicts are those of the newest review; the `coach_` columns are what the coach itself had said.
    `carers` names each patient's therapists, by patient id.
    """
    yield _line(COLUMNS)
    for row in rows:
        s = row.session
        yield _line((
            s.id, s.started_at.isoformat(timespec="seconds"), s.local_date.isoformat(), s.timezone, _text(row.patient),
            _text(carers.get(s.patient_id, "")), s.exercise_id, s.source, s.status, s.stop_reason or "", s.sets, s.reps,
            s.correct, s.incomplete, s.faulty, round(s.hold_s, 1), round(s.duration_s, 1), row.version, s.engine,
            *coach_totals(s).values(),
        ))  # fmt: skip


def _text(text: str) -> str:
    """A name that a spreadsheet will not take for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" else text


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
