"""A prescription on top of the exercise's defaults: what lies outside the therapist's ranges is refused by name."""

from __future__ import annotations

import pytest

from coach.errors import DoseError
from coach.exercise import Dose, Prescription, Tempo
from coach.goals import SLACK_DEG, Goal, Goals
from tests.builders import load


def goals(exercise_id: str, **prescribed: object) -> Goals:
    return Goals(load(exercise_id), Prescription(**prescribed))  # type: ignore[arg-type]


def test_without_a_prescription_the_exercise_decides() -> None:
    squat = load("squat")
    plain = goals("squat")
    assert [(goal.angle, goal.deg) for goal in plain.targets] == [
        (name, target.default) for name, target in squat.targets.items()
    ]
    assert (plain.dose, plain.tempo, plain.sides) == (squat.dose, squat.tempo, squat.sides)
    assert plain.limits == ()


def test_the_therapist_decides() -> None:
    dose, tempo = Dose(sets=2, reps=5, rest_s=10), Tempo(out_s=3)
    own = goals(
        "squat", targets={"knee_flexion": 60}, limits={"knee_flexion": 90}, dose=dose, tempo=tempo
    )
    assert own.targets[0].deg == 60
    assert [(goal.angle, goal.deg, goal.towards) for goal in own.limits] == [
        ("knee_flexion", 90, "larger")
    ]
    assert (own.dose, own.tempo, own.reps_of_set) == (dose, tempo, 5)


def test_a_dose_is_per_side() -> None:
    assert goals("hip_abduction", dose=Dose(reps=8)).reps_of_set == 16
    assert goals("hip_abduction", dose=Dose(reps=8), sides="left").reps_of_set == 8


@pytest.mark.parametrize(
    ("exercise_id", "prescribed", "message"),
    [
        (
            "squat",
            {"targets": {"knee_flexion": 200}},
            "knee_flexion should be between .* degrees, but is 200",
        ),
        ("squat", {"targets": {"knee_flexion": -5}}, "knee_flexion should be between .* but is -5"),
        (
            "squat",
            {"targets": {"knee_flexion": float("nan")}},
            "knee_flexion should be between .* but is nan",
        ),
        ("squat", {"limits": {"knee_flexion": 5}}, "knee_flexion should be between"),
        (
            "squat",
            {"targets": {"elbow_flexion": 90}},
            "no target 'elbow_flexion'; it has: knee_flexion",
        ),
        ("squat", {"limits": {"elbow_flexion": 90}}, "no limit 'elbow_flexion'"),
        ("squat", {"sides": "left"}, "squat can be set to both"),
        ("hip_abduction", {"sides": "both"}, "hip_abduction can be set to .* not to .both"),
    ],
)
def test_what_cannot_be_prescribed(
    exercise_id: str, prescribed: dict[str, object], message: str
) -> None:
    with pytest.raises(DoseError, match=message):
        goals(exercise_id, **prescribed)


@pytest.mark.parametrize(
    ("towards", "low", "high", "reached"),
    [
        ("larger", 5, 90, True),
        ("larger", 5, 90 - SLACK_DEG, True),
        ("larger", 5, 84, False),
        ("smaller", 90, 120, True),
        ("smaller", 90 + SLACK_DEG, 120, True),
        ("smaller", 96, 120, False),
    ],
)
def test_a_target_is_reached_within_what_a_goniometer_reproduces(
    towards: str, low: float, high: float, *, reached: bool
) -> None:
    assert Goal("knee_flexion", 90, towards, "cue").reached_by(low, high) is reached  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("towards", "deg", "exceeded"),
    [("larger", 94, False), ("larger", 96, True), ("smaller", 86, False), ("smaller", 84, True)],
)
def test_a_limit_is_exceeded_beyond_the_slack(towards: str, deg: float, *, exceeded: bool) -> None:
    assert Goal("knee_flexion", 90, towards, "cue").exceeded_by(deg) is exceeded  # type: ignore[arg-type]


def test_full_is_the_target_on_the_exercises_own_scale() -> None:
    term = next(term for term in load("squat").signal if term.measure == "knee_flexion")
    own = goals("squat", targets={"knee_flexion": 50})
    assert own.full == pytest.approx((50 - term.rest) / (term.full - term.rest))
    assert own.reached_share(own.full)
    assert not own.reached_share(own.full - 0.2)
