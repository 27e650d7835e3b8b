"""One progress signal from several terms: from one's own rest, by what is seen, without jumps when a term fades."""

from __future__ import annotations

import pytest

from coach.body import Body, frame_scale_px
from coach.exercise import Term
from coach.frame import PoseFrame
from coach.landmarks import Landmark
from coach.measures import Sight
from coach.signal import Progress, Signal, SignalState
from tests.builders import Camera, PoseModel, stick_figure

KNEE = Term(measure="knee_flexion", rest=10, full=90)
HIPS = Term(measure="height", of="mid_hip", base="low_ankle", rest=0.75, full=0.42)
METHODS = {"knee_flexion": {"side": "image"}}
NO_KNEES = PoseModel(hidden=(Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE))
NOTHING = PoseModel(hidden=tuple(Landmark(i) for i in range(23, 29)))


def pose(knee_deg: float, model: PoseModel | None = None) -> PoseFrame:
    camera = Camera(90.0, perspective=False)
    return stick_figure(
        camera=camera, model=model or PoseModel(), knee_flexion=knee_deg, hip_flexion=knee_deg / 2
    )


def sight(frame: PoseFrame) -> Sight:
    return Sight(Body(frame, frame_scale_px(frame)), "side", {}, METHODS)


def played(
    terms: tuple[Term, ...], frames: list[PoseFrame], *, resting: bool = False
) -> list[Progress | None]:
    signal, state = Signal(terms), SignalState()
    return [
        signal.value(state, sight(frame), "both", i / 10, resting=resting)
        for i, frame in enumerate(frames)
    ]


def test_progress_on_the_exercises_scale_and_from_ones_own_rest() -> None:
    still = [pose(20)] * 5
    last = played((KNEE,), [*still, *[pose(90)] * 20])[-1]
    assert last is not None
    assert last.reached == pytest.approx(1.0, abs=0.01)
    assert last.moved == pytest.approx(70 / 80, abs=0.02)


def test_a_term_that_fades_out_leaves_no_jump() -> None:
    both = (KNEE, HIPS)
    whole = played(both, [pose(5)] * 10)[-1]
    faded = played(both, [*[pose(5)] * 5, *[pose(5, NO_KNEES)] * 5])[-1]
    assert whole is not None
    assert faded is not None
    assert faded.moved == pytest.approx(whole.moved, abs=0.02)


def test_nothing_seen_is_nothing_known() -> None:
    assert played((KNEE, HIPS), [pose(5, NOTHING)]) == [None]


def test_weights() -> None:
    heavy = Term(measure="knee_flexion", rest=10, full=90, weight=9.0)
    for terms, near in (((heavy, HIPS), 1.0), ((KNEE, HIPS), 0.78)):
        progress = played(terms, [pose(90)])[0]
        assert progress is not None
        assert progress.reached == pytest.approx(near, abs=0.12)


def test_the_value_is_bounded_whatever_a_term_says() -> None:
    steep = Term(measure="knee_flexion", rest=10, full=11)
    progress = played((steep,), [pose(5), pose(120)])
    assert [p.reached for p in progress if p] == [-2.0, 2.0]


def test_a_half_seen_term_weighs_less() -> None:
    """A knee that is doubted must not pull against hips that are seen."""
    frame = pose(90)
    doubted = frame.visibility.copy()
    doubted[[Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE]] = 0.2
    blurred = PoseFrame(0.0, frame.image_px, frame.world_m, doubted, frame.size_px)
    knee, hips, both, doubtful = (
        played(terms, [seen])[0]
        for terms, seen in (
            ((KNEE,), frame),
            ((HIPS,), frame),
            ((KNEE, HIPS), frame),
            ((KNEE, HIPS), blurred),
        )
    )
    assert knee
    assert hips
    assert both
    assert doubtful
    assert abs(doubtful.reached - hips.reached) < 0.5 * abs(both.reached - hips.reached)
