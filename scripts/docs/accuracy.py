"""The figures of docs/accuracy.md, from what was measured last (docs/accuracy.json)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from scripts.accuracy import FIGURES
from scripts.docs.markdown import code, table

_CAUSES = {
    "extra": "something that is no repetition was counted",
    "posture": "a gate on the posture forbade a repetition",
    "shallow": "a repetition was too small",
    "slow_or_quick": "a repetition was slower or quicker than is credible",
    "unseen": "the person was not found in half of the frames",
    "signal": "the movement did not show in what is measured",
}


def counting() -> str:
    """Counting by exercise, and in all."""
    head = (
        "exercise",
        "clips",
        "exact",
        "off by one",
        "mean error",
        "counted without any",
        "timing",
    )
    rows = [
        (
            name if name.startswith("ALL") else code(name),
            str(score["clips"]),
            _share(score["exact"]),
            _share(score["obo"]),
            _share(score["mae"]),
            f"{score['false']} on {score['without_reps']}",
            _share(score["timing"]),
        )
        for name, score in _figures().get("scores", {}).items()
    ]
    return table(head, rows)


def causes() -> str:
    """Why clips were not exact."""
    found = _figures().get("causes", {})
    rows = [(_CAUSES.get(name, name), str(count)) for name, count in found.items()]
    return table(("cause", "clips"), rows)


def angles() -> str:
    """Angles in the picture's plane, and all."""
    names = {"in_plane": "in the picture's plane (`image`)", "all": "all that are given out"}
    rows = [
        (names[name], f"{_degrees(one['mae_deg'])}", _share(one["vouched"]), _share(one["within"]))
        for name, one in _figures().get("angle_scores", {}).items()
    ]
    return table(("angles", "mean absolute error", "vouched for", "within the printed error"), rows)


def form() -> str:
    """Telling correct from incorrect repetitions by `coach compare`."""
    found = _figures().get("form", {})
    rows = [(name, f"{auc:.2f}") for name, auc in found.items()]
    return table(("movement", "AUC"), rows)


@cache
def _figures() -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}°"
