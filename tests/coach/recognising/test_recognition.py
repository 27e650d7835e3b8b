"""Which exercise it is: from the definitions alone, and nothing where none fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.frame import PoseFrame
from coach.io.recording import read
from coach.recognising.recognition import CLEAR, Recogniser, recognise
from poses import catalogue
from tests.builders import YAW_DEG, Camera, load, mirrored, movement, still

RECORDINGS = Path(__file__).parents[2] / "data" / "recordings"
ALL = [load(one) for one in catalogue.ids()]
BEST_VIEWS = [(one.id, one.camera.views[0]) for one in ALL if one.kind == "cycle"]
TWINS = {"neck_retraction", "pull_up", "russian_twist"}
"""What looks like another exercise for a pose model: a chin tuck on a chair is sitting at a wall, who pulls himself up
stretches his legs as somebody who stands up, and a twist turns the head. They come among the first three."""
LOOK_LONGER = {"clamshell", "side_lying_hip_abduction"}
"""On the side, legs look much as on the back: two repetitions are recognised by a hair, four clearly."""


def _done(what: str, reps: int = 4, view: str | None = None) -> list[PoseFrame]:
    depths = [1.0, -1.0] * (reps // 2) if load(what).sides == "alternating" else [1.0] * reps
    return movement(what, depths, camera=Camera(yaw_deg=YAW_DEG[view]) if view else None)


@pytest.mark.parametrize(("what", "view"), BEST_VIEWS)
def test_each_exercise_is_recognised_from_where_it_is_seen_best(what: str, view: str) -> None:
    reps = 4 if what in LOOK_LONGER else 2
    ranked = recognise(_done(what, reps, view), ALL)
    if what in TWINS:
        assert what in [fit.exercise for fit in ranked[:3]]
        return
    assert ranked[0].exercise == what
    assert ranked[0].score >= CLEAR
    assert ranked[0].reps == reps


def test_a_position_is_recognised_by_being_held() -> None:
    best, *_ = recognise(movement("plank", [1.0], until_s=8.0), ALL)
    assert (best.exercise, best.reps) == ("plank", 0)
    assert best.held_s > 6.0


@pytest.mark.parametrize(
    "name",
    ["biceps_curl_side", "glute_bridge_side", "hip_abduction_front", "plank_side", "push_up_oblique",
     "shoulder_abduction_front", "squat_oblique"],
)  # fmt: skip
def test_people_are_recognised_as_well(name: str) -> None:
    frames = read(RECORDINGS / f"{name}.npz").frames()
    ranked = recognise([frame for frame in frames if isinstance(frame, PoseFrame)], ALL)
    assert name.startswith(ranked[0].exercise)


def test_the_mirror_image_is_the_same_exercise() -> None:
    frames = _done("seated_knee_extension")
    one, other = recognise(frames, ALL)[0], recognise(mirrored(frames), ALL)[0]
    assert (one.exercise, one.reps) == (other.exercise, other.reps)


def test_standing_and_running_past_fit_nothing() -> None:
    assert recognise(still(8.0), ALL) == ()
    frames = read(RECORDINGS / "running_past.npz").frames()
    ranked = recognise([frame for frame in frames if isinstance(frame, PoseFrame)], ALL)
    assert not ranked or ranked[0].score < CLEAR


def test_no_frames_and_no_exercises_fit_nothing() -> None:
    assert recognise([], ALL) == ()
    assert recognise(still(2.0), []) == ()


def test_what_is_not_among_the_exercises_is_not_forced_into_them() -> None:
    assert recognise(_done("glute_bridge"), [load("squat"), load("biceps_curl")]) == ()


def _told(doing: str, chosen: str, reps: int = 6) -> str | None:
    recogniser = Recogniser([load(chosen), load(doing)], 20.0, chosen=chosen)
    for frame in _done(doing, reps):
        recogniser.step(frame)
    return recogniser.suggestion()


def test_live_another_exercise_is_suggested_only_when_it_fits_better() -> None:
    assert _told("biceps_curl", chosen="squat") == "biceps_curl"
    assert _told("squat", chosen="biceps_curl") == "squat"
    recogniser = Recogniser(ALL, 20.0, chosen="squat")
    for frame in _done("squat"):
        recogniser.step(frame)
    assert recogniser.suggestion() is None


def test_live_one_repetition_is_not_yet_worth_asking() -> None:
    assert _told("biceps_curl", chosen="squat", reps=1) is None


def test_live_what_is_long_past_is_forgotten() -> None:
    recogniser = Recogniser([load("squat")], 10.0)
    frames = _done("squat", 2)
    for frame in frames:
        recogniser.step(frame)
    assert recogniser.suggestion() == "squat"
    for t_s in range(1, 200):
        late = frames[0]
        recogniser.step(
            PoseFrame(
                frames[-1].t_s + t_s / 10,
                late.image_px,
                late.world_m,
                late.visibility,
                late.size_px,
            )
        )
    assert recogniser.suggestion() is None
