"""Our components, all on one page, for those who work on them. Not there in production."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from flask import Blueprint, render_template

from coach.events import Rep, Tempo, Verdict
from webapp.store.tables import ROLES

blueprint = Blueprint("dev", __name__, url_prefix="/dev")


@blueprint.get("/components")
def components() -> str:
    """Every component with made-up content."""
    start = date(2026, 1, 5)
    marks = [(start + timedelta(days=n), n % 3 != 2) for n in range(7)]
    return render_template("dev_components.html", marks=marks, sample=_Sample(), roles=ROLES)


def _rep(number: int, verdict: Verdict) -> Rep:
    reached = {"correct": 93, "incomplete": 78, "faulty": 91}[verdict]
    start_s = number * 4.0
    return Rep(
        number, "both", 1, start_s, start_s + 2, start_s + 3, verdict, {"knee_flexion": (4, reached)}, (), 0.9,
        Tempo(2, 0, 1),
    )  # fmt: skip


class _Sample:
    """As much of a session's review as the drawing of repetitions needs."""

    angle = "knee_flexion"
    target_deg = 90.0
    reps = tuple(_rep(number, verdict) for number, verdict in enumerate(get_args(Verdict), start=1))

    def reached(self, rep: Rep) -> int:
        """How far the repetition went."""
        return rep.rom_deg[self.angle][1]
