"""Comparing with demonstrations: what must not matter, what must, and that the words name the cause."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.comparing.comparison import Demonstrations, Likeness
from coach.comparing.features import Motion, motion
from coach.errors import MovementError
from coach.frame import PoseFrame
from tests.builders import EXACT, NOISY, Camera, PoseModel, Timing, mirrored, movement

SIDE = Camera(yaw_deg=90)


def squat(
    depth: float = 1.0,
    *,
    camera: Camera = SIDE,
    model: PoseModel = NOISY,
    rep_s: float = 2.7,
    seed: int = 7,
    **faults: float,
) -> list[PoseFrame]:
    """One squat on film."""
    timing = replace(Timing.lasting(rep_s), lead_s=0.3, tail_s=0.3, pause_s=0.0)
    return movement(
        "squat", [depth], timing=timing, camera=camera, model=model, seed=seed, **faults
    )


@cache
def demonstrations(camera: Camera = SIDE, count: int = 3) -> Demonstrations:
    motions = [motion(squat(0.95 + 0.05 * i, camera=camera, seed=i)) for i in range(count)]
    return Demonstrations(motions)


def judged(frames: list[PoseFrame], against: Demonstrations | None = None) -> Likeness:
    return (against or demonstrations()).compare(motion(frames))


def test_the_same_movement_scores_high_and_has_nothing_to_say() -> None:
    likeness = judged(squat(seed=20))
    assert likeness.score > 0.9
    assert not likeness.worst
    assert not likeness.other_view


@pytest.mark.parametrize("view", [0, 45, 90])
def test_a_good_squat_scores_higher_than_one_that_leans_or_stays_high(view: float) -> None:
    camera = Camera(yaw_deg=view)
    against = demonstrations(camera)
    good = judged(squat(seed=20, camera=camera), against).score
    leaning = judged(squat(seed=20, camera=camera, lean_deg=60), against).score
    shallow = judged(squat(0.4, seed=20, camera=camera), against).score
    assert good > leaning + 0.1
    assert good > shallow + 0.1


def test_the_trunk_is_named_with_its_direction_and_phase() -> None:
    worst = {one.angle: one for one in judged(squat(lean_deg=60)).worst}
    trunk = worst["trunk_forward"]
    assert trunk.phase == "turn"
    assert 10 < trunk.deviation_deg < 40


def test_too_shallow_is_named_at_the_knees() -> None:
    worst = {one.angle: one for one in judged(squat(0.4)).worst}
    assert worst["left_knee_flexion"].deviation_deg < -20


def test_one_demonstration_is_enough() -> None:
    single = demonstrations(count=1)
    good, leaning = judged(squat(seed=20), single), judged(squat(lean_deg=60), single)
    assert good.score > 0.9 > leaning.score


@settings(max_examples=6, deadline=None)
@given(rep_s=st.floats(2.0, 9.0), person_m=st.floats(1.2, 2.1), fps=st.sampled_from([15, 30]))
def test_tempo_height_and_frame_rate_do_not_matter(rep_s: float, person_m: float, fps: int) -> None:
    frames = squat(rep_s=rep_s, camera=replace(SIDE, person_m=person_m), model=EXACT)
    likeness = judged(frames[:: 30 // fps])
    assert likeness.score > 0.85
    assert not likeness.worst


def test_everything_in_the_mirror_scores_the_same() -> None:
    frames = squat(lean_deg=50)
    against = Demonstrations([motion(mirrored(squat(seed=i))) for i in range(3)])
    plain = Demonstrations([motion(squat(seed=i)) for i in range(3)])
    assert judged(mirrored(frames), against).score == pytest.approx(judged(frames, plain).score)


def abduction(side: float, seed: int = 7, **faults: float) -> Motion:
    timing = Timing(lead_s=0.3, tail_s=0.3, pause_s=0.0)
    return motion(movement("hip_abduction", [side], timing=timing, seed=seed, **faults))


def test_the_other_side_is_compared_in_the_mirror_and_named_as_it_is() -> None:
    against = Demonstrations([abduction(1.0, seed) for seed in range(3)])
    right = against.compare(abduction(-1.0))
    assert right.other_side
    assert right.score > 0.9
    small = against.compare(abduction(-0.3))
    assert any(one.angle.startswith("right_thigh") for one in small.worst)


def test_another_view_is_said() -> None:
    assert judged(squat(camera=Camera(yaw_deg=0))).other_view


def test_what_is_not_seen_does_not_count() -> None:
    """Arms out of the picture, wherever the model puts them."""
    invented = [
        replace(
            frame,
            image_px=frame.image_px + [[300.0 * (i in range(13, 23)), 0.0] for i in range(33)],
            visibility=[
                0.02 if i in range(13, 23) else seen for i, seen in enumerate(frame.visibility)
            ],  # type: ignore[arg-type]
        )
        for frame in squat(seed=20)
    ]
    checked = [
        PoseFrame.checked(f.t_s, f.image_px, f.world_m, f.visibility, f.size_px) for f in invented
    ]
    assert judged(checked).score > 0.75


def test_nothing_in_common_is_said() -> None:
    unseen = replace(motion(squat()), seen=motion(squat()).seen * 0.0)
    with pytest.raises(MovementError, match="too little of the body"):
        demonstrations().compare(unseen)


def test_no_demonstration_is_said() -> None:
    with pytest.raises(MovementError, match="at least one reference"):
        Demonstrations([])


def test_each_moment_has_its_own_in_the_demonstration() -> None:
    """A slow squat goes through the same moments as a quick one: the start, the turn in the middle, the end."""
    quick = motion(squat(rep_s=2.0))
    against = Demonstrations([quick])
    slow = motion(squat(rep_s=5.0))
    at_s = against.moments(slow)
    first_s, last_s = quick.span_s
    assert slow.span_s[1] - slow.span_s[0] > 1.5 * (last_s - first_s)
    assert at_s[0] == pytest.approx(first_s, abs=0.2)
    assert at_s[-1] == pytest.approx(last_s, abs=0.2)
    assert all(at_s[1:] >= at_s[:-1] - 1e-9)
    assert at_s[len(at_s) // 2] == pytest.approx((first_s + last_s) / 2, abs=0.35)


def test_who_works_with_the_other_side_goes_through_the_mirror_image() -> None:
    one = motion(squat())
    against = Demonstrations([one])
    assert against.moments(one.mirrored(), other_side=True) == pytest.approx(against.moments(one))
