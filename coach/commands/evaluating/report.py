"""What an evaluation found, whole: for a person on the terminal, as JSON, or as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from coach.commands.evaluating import counts
from coach.commands.evaluating.angles import AngleScore, AngleTotals, total
from coach.commands.evaluating.counts import Outcome, Score
from coach.commands.evaluating.form import FormScore


class Report(msgspec.Struct, frozen=True):
    """`outcomes`: each labelled clip with the folder it lies in; `angles`: each angle of each clip with a truth;
    `form`: each movement with correct and incorrect repetitions."""

    outcomes: tuple[tuple[Path, Outcome], ...]
    angles: tuple[AngleScore, ...] = ()
    form: tuple[FormScore, ...] = ()

    @property
    def counts(self) -> dict[str, Score]:
        """Counting by exercise, then of all clips and of the longer ones."""
        all_of_them = [outcome for _, outcome in self.outcomes]
        if not all_of_them:
            return {}
        ids = sorted({outcome.label.exercise for outcome in all_of_them})
        by_id = {
            name: counts.score(one for one in all_of_them if one.label.exercise == name)
            for name in ids
        }
        longer = counts.score(one for one in all_of_them if one.label.reps >= 3)
        return {**by_id, "ALL": counts.score(all_of_them), "ALL, 3 reps or more": longer}

    @property
    def causes(self) -> dict[str, int]:
        """Why clips were not exact, most frequent first."""
        named = Counter(outcome.cause for _, outcome in self.outcomes if outcome.cause)
        return dict(named.most_common())

    @property
    def form_scores(self) -> dict[str, float]:
        """Area under the curve by movement, and the mean."""
        if not self.form:
            return {}
        mean = sum(one.auc for one in self.form) / len(self.form)
        return {**{one.movement: one.auc for one in self.form}, "mean": round(mean, 3)}

    @property
    def angle_totals(self) -> dict[str, AngleTotals]:
        """Over the angles measured in the picture's plane, and over all."""
        if not self.angles:
            return {}
        in_plane = [score for score in self.angles if score.in_plane]
        return {"in_plane": total(in_plane), "all": total(self.angles)}


def as_plain(report: Report) -> dict[str, Any]:
    """The report for a program."""
    return {
        "clips": [outcome for _, outcome in report.outcomes],
        "scores": report.counts,
        "causes": report.causes,
        "angles": report.angles,
        "angle_scores": report.angle_totals,
        "form": report.form_scores,
    }


def as_lines(report: Report) -> Iterator[str]:
    """The report for a person: what is not exact, then the figures."""
    for _, outcome in report.outcomes:
        if not outcome.exact:
            label = outcome.label
            missed = f"true {label.reps:3} counted {outcome.counted:3}"
            yield f"{label.file[:60]:60} {label.exercise:24} {missed} {outcome.error or outcome.cause}"
    for name, score in report.counts.items():
        cells = count_row(name, score)
        yield _COUNT_LINE.format(*cells)
    yield from map(_angle_line, report.angles)
    for name, totals in report.angle_totals.items():
        yield (
            f"{name.upper():9} MAE {_figure(totals.mae_deg, 1)}  vouched {totals.vouched:.2f}  "
            f"within-band {_figure(totals.within, 2)}"
        )
    yield from form_lines(report.form_scores)


_COUNT_LINE = "{:26} clips {:>3}  exact {:>5}  OBO {:>5}  MAE {:>5}  false {:>3} on {:>2}  timing {:>5}  failed {}"


def form_lines(scores: Mapping[str, float]) -> Iterator[str]:
    """One line a movement."""
    for name, auc in scores.items():
        yield f"{name:9} AUC {auc:.3f}"


def count_row(name: str, score: Score) -> tuple[str, ...]:
    """One row of counting figures."""
    return (
        name, str(score.clips), _figure(score.exact), _figure(score.obo), _figure(score.mae), str(score.false),
        str(score.without_reps), _figure(score.timing), str(score.failed),
    )  # fmt: skip


def _angle_line(score: AngleScore) -> str:
    figures: Sequence[tuple[str, str]] = (
        ("MAE", _figure(score.mae_deg, 1)),
        ("bias", _figure(score.bias_deg, 1)),
        ("largest", _figure(score.largest_deg, 1)),
        ("vouched", _figure(score.vouched, 2)),
        ("within band", _figure(score.within, 2)),
    )
    return f"{score.clip:24} {score.angle:26} " + "  ".join(f"{k} {v:>5}" for k, v in figures)


def _figure(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
