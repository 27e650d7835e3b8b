"""Writing the reference movements: what lies in the catalogue is what the recipes give."""

from __future__ import annotations

import numpy as np
import pytest

from poses import catalogue
from scripts.references.__main__ import reference
from scripts.references.recipes import RECIPES


@pytest.mark.parametrize("exercise_id", sorted(RECIPES))
def test_the_catalogue_is_up_to_date(exercise_id: str) -> None:
    stored, made = catalogue.reference(exercise_id), reference(catalogue.load(exercise_id))
    assert (stored.yaw_deg, stored.duration_s) == (made.yaw_deg, pytest.approx(made.duration_s))
    assert np.abs(stored.world_m - made.world_m).max() < 0.002
