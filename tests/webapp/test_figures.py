"""The still figure: every exercise can be drawn, within its frame, and the turn differs from the start."""

from __future__ import annotations

import re

import pytest

from poses import catalogue
from webapp import figures


@pytest.mark.parametrize("exercise_id", catalogue.ids())
def test_every_exercise_is_drawn_within_its_frame(exercise_id: str) -> None:
    for moment in ("start", "turn"):
        drawn = str(figures.drawing(exercise_id, moment))
        paths = " ".join(re.findall(r' d="M([^"]+)"', drawn))
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", paths)]
        assert drawn.count("<path") == len(figures.PARTS) + 1
        assert all(0 <= number <= figures.SIZE for number in numbers)
        assert "style=" not in drawn  # the pages allow no inline style


def test_the_turn_is_not_the_start() -> None:
    assert figures.drawing("squat", "start") != figures.drawing("squat", "turn")
