"""How often therapists and the coach agree, per exercise and fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, render_template

from webapp.agreement import (
    BETWEEN_PHYSIOS,
    ENOUGH,
    Agreement,
    ByFault,
    by_exercise,
    by_fault,
    on_verdicts,
)
from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.store import audit, verdicts
from webapp.store.verdicts import Pair
from webapp.therapist.blueprint import blueprint

COLUMNS = (
    "exercise", "fault", "reviewed", "agreed", "raw", "kappa", "ac1", "enough", "coach_saw", "therapist_saw",
)  # fmt: skip


@blueprint.get("/agreement")
def agreement() -> str:
    """Verdicts by exercise, faults by kind, beside what physiotherapists reach among each other."""
    pairs = _pairs("view.agreement")
    return render_template(
        "therapist/agreement.html", overall=on_verdicts(pairs), exercises=by_exercise(pairs), faults=by_fault(pairs),
        enough=ENOUGH, between_physios=BETWEEN_PHYSIOS,
    )  # fmt: skip


@blueprint.get("/agreement.csv")
def agreement_csv() -> Response:
    """The same as a table for a spreadsheet: numbers without rounding, few or many."""
    pairs = _pairs("export.agreement")
    body = "".join(lines(by_exercise(pairs).items(), by_fault(pairs)))
    headers = {"Content-Disposition": "attachment; filename=agreement.csv"}
    return Response(body, mimetype="text/csv", headers=headers)


def lines(exercises: Iterable[tuple[str, Agreement]], faults: Sequence[ByFault]) -> Iterator[str]:
    """The header, a line for the verdicts of each exercise, a line for each fault."""
    yield _line(COLUMNS)
    for exercise, one in exercises:
        yield _line((exercise, "", *_cells(one), "", ""))
    for row in faults:
        cells = _cells(row.agreement)
        yield _line((row.exercise_id, row.fault, *cells, row.coach, row.therapist))


def _cells(one: Agreement) -> tuple[object, ...]:
    return (
        one.reviewed, one.agreed, round(one.raw, 4), _number(one.kappa), _number(one.ac1),
        "yes" if one.enough else "no",
    )  # fmt: skip


def _number(value: float | None) -> object:
    return "" if value is None else round(value, 4)


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _pairs(action: str) -> list[Pair]:
    actor = current_actor()
    with database().writing() as db:
        audit.record(db, actor, action)
        return verdicts.pairs(db, actor)
