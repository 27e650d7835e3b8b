"""Writing the reference movements: what lies in the catalogue is what the recipes give."""

from __future__ import annotations

import numpy as np
import pytest

from coach.landmarks import MIRROR
from poses import catalogue
from scripts.references.__main__ import FRAMES, reference
from scripts.references.recipes import RECIPES


def test_alternating_cycles_show_each_side_and_holds_only_one() -> None:
    both = reference(catalogue.load("bird_dog"))
    assert len(both.world_m) == 2 * FRAMES
    assert np.allclose(both.world_m[8, MIRROR], both.world_m[8 + FRAMES] * (-1, 1, 1), atol=1e-9)
    assert len(reference(catalogue.load("side_plank")).world_m) == FRAMES


@pytest.mark.parametrize("exercise_id", sorted(RECIPES))
def test_the_catalogue_is_up_to_date(exercise_id: str) -> None:
    stored, made = catalogue.reference(exercise_id), reference(catalogue.load(exercise_id))
    assert (stored.yaw_deg, stored.duration_s) == (made.yaw_deg, pytest.approx(made.duration_s))
    assert np.abs(stored.world_m - made.world_m).max() < 0.002
