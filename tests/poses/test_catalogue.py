"""Every exercise in the catalogue is complete: words, cues, a target to reach, a camera, a reference movement."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest

from coach.errors import UnknownExerciseError
from coach.exercise import Exercise, Prescription
from coach.goals import Goals
from coach.joints import ANGLES
from coach.session import ExerciseSession
from poses import catalogue
from tests.builders import NOISY, Camera, judge, photograph

STEP_ONE = {
    "squat",
    "sit_to_stand",
    "hip_abduction",
    "glute_bridge",
    "seated_knee_extension",
    "shoulder_abduction",
    "biceps_curl",
    "push_up",
    "plank",
}
EVERY = catalogue.ids()
STEP_M = {"step_up": 0.15, "lateral_step_down": 0.15}
"""How high the step is on which these end or begin."""


def exercises() -> list[Exercise]:
    return [catalogue.load(exercise_id) for exercise_id in EVERY]


def test_the_first_nine_are_there() -> None:
    assert set(EVERY) >= STEP_ONE
    assert list(EVERY) == sorted(EVERY)


@pytest.mark.parametrize("exercise", exercises(), ids=EVERY)
class TestExercise:
    def test_it_can_be_done(self, exercise: Exercise) -> None:
        ExerciseSession(exercise)
        assert exercise.words.steps
        assert exercise.sources
        assert set(exercise.methods) <= set(ANGLES)
        assert exercise.signal or exercise.kind != "cycle"
        assert exercise.gates

    def test_phases_go_out_and_back(self, exercise: Exercise) -> None:
        if exercise.kind != "cycle":
            assert exercise.phases == ()
            return
        positions = [phase.at is not None for phase in exercise.phases]
        assert positions == [i % 2 == 0 for i in range(len(positions))]
        assert len(positions) % 2 == 0

    def test_there_is_something_for_the_therapist_to_set(self, exercise: Exercise) -> None:
        counted = exercise.tier == "C" and exercise.dose.reps > 0
        assert exercise.targets or exercise.dose.hold_s > 0 or counted
        for name, target in exercise.targets.items():
            assert name in exercise.methods
            assert target.min < target.max
            for deg in (target.min, target.default, target.max):
                assert Goals(exercise, Prescription(targets={name: deg})).full > 0
        for name, limit in exercise.limits.items():
            assert limit.min < limit.max
            assert (
                Goals(exercise, Prescription(limits={name: limit.max})).limits[0].deg == limit.max
            )

    def test_every_cue_has_its_words(self, exercise: Exercise) -> None:
        cues = catalogue.cues()
        bounds = (*exercise.targets.values(), *exercise.limits.values(), *exercise.checks)
        for bound in bounds:
            assert cues[bound.cue].say
            assert cues[bound.cue].show

    def test_checks_speak_in_a_view_that_is_asked_for(self, exercise: Exercise) -> None:
        for check in exercise.checks:
            assert set(check.views) & set(exercise.camera.views), check.id
        assert len({check.id for check in exercise.checks}) == len(exercise.checks)

    def test_the_reference_movement_looks_as_the_camera_should_see_it(
        self, exercise: Exercise
    ) -> None:
        reference = catalogue.reference(exercise.id)
        assert reference.exercise == exercise.id
        assert 24 <= len(reference.world_m) <= 64
        assert reference.yaw_deg == (0.0 if exercise.camera.views[0] == "front" else 90.0)
        tempo = exercise.tempo
        if exercise.kind == "cycle":
            once_s = tempo.out_s + tempo.hold_s + tempo.back_s
            times = 2 if exercise.sides == "alternating" else 1
            assert once_s <= reference.duration_s / times <= once_s + 1.0

    def test_the_reference_movement_loops_and_keeps_its_feet_on_the_floor(
        self, exercise: Exercise
    ) -> None:
        world_m = catalogue.reference(exercise.id).world_m
        steps = np.linalg.norm(np.diff(world_m, axis=0, append=world_m[:1]), axis=-1).max(1)
        assert steps[-1] <= max(0.02, 2 * float(np.median(steps)))
        assert world_m[..., 1].max() < 0.02
        lowest = world_m[..., 1].max(1)
        assert np.ptp(lowest) < 0.02 + STEP_M.get(exercise.id, 0.0)

    def test_the_reference_movement_counts_as_done_well(self, exercise: Exercise) -> None:
        """What the ghost shows, the coach would call correct."""
        reference = catalogue.reference(exercise.id)
        loop = np.concatenate([reference.world_m] * 2 + [reference.world_m[:1]] * 12)
        camera, rng = Camera(reference.yaw_deg), np.random.default_rng(2)
        centre = (loop.reshape(-1, 3).min(0) + loop.reshape(-1, 3).max(0)) / 2
        dt_s = reference.duration_s / len(reference.world_m)
        frames = [
            photograph(points, camera, i * dt_s, NOISY, centre, rng)
            for i, points in enumerate(loop)
        ]
        outcome = judge(exercise, frames)
        if exercise.kind == "cycle":
            wanted = 4 if exercise.sides == "alternating" else 2
            assert outcome.verdicts == ["correct"] * wanted
        else:
            assert outcome.steps[-2].hold_s > 0.9 * frames[-1].t_s


@pytest.mark.parametrize(
    ("asked", "near"),
    [("squats", "squat"), ("push-up", "push_up"), ("biceps", "biceps_curl"), ("plnk", "plank")],
)
def test_a_misspelt_id_is_told_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UnknownExerciseError, match=f"Did you mean '{near}'"):
        catalogue.load(asked)


def test_a_wild_id_gets_no_guess() -> None:
    with pytest.raises(UnknownExerciseError, match="There is no exercise 'xyzzy'"):
        catalogue.load("xyzzy")
    with pytest.raises(UnknownExerciseError):
        catalogue.reference("xyzzy")


def test_an_unknown_language_speaks_english() -> None:
    assert catalogue.cues("xx") == catalogue.cues("en")


def test_no_cue_is_silent_or_too_long_to_say() -> None:
    for key, cue in catalogue.cues().items():
        assert cue.say, key
        assert len(cue.say) <= 60, key
        assert len(cue.show) <= 40, key


def test_the_schema_is_that_of_the_code() -> None:
    stored = json.loads((catalogue.HERE / "schema.json").read_text(encoding="utf-8"))
    fields = stored["$defs"]["Exercise"]["properties"]
    assert set(fields) == {field.encode_name for field in msgspec.structs.fields(Exercise)}
