"""What is made of kept landmarks: the film as it was, the reference beside it, made once and again when it must be."""

from __future__ import annotations

import gzip
import struct
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest

from coach.comparing.deviations import Deviation
from coach.errors import MovementError
from coach.events import Rep
from coach.exercise import Prescription
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.recording import Recording
from coach.io.replay import live_meta
from coach.landmarks import pair
from coach.stream import Gap
from poses import catalogue
from tests.builders import Camera, judge, movement
from webapp.replaying.differences import differences
from webapp.replaying.film import JOINTS, UNIT_M, film
from webapp.replaying.likeness import Likenesses, RepLikeness, as_frames, compare, mirrored
from webapp.replaying.replay import ReplayError, make, pack, unpack
from webapp.store.series import FolderSeries


@cache
def squats(yaw_deg: float = 90.0) -> list[PoseFrame]:
    """Two good squats, filmed from the left unless said otherwise."""
    return list(movement("squat", (1.0, 1.0), camera=Camera(yaw_deg=yaw_deg)))


@cache
def reps() -> tuple[Rep, ...]:
    return tuple(judge("squat", squats()).reps)


def recorded(frames: list[PoseFrame | Gap]) -> Recording:
    meta = live_meta("squat", Prescription(), []) | {"start": "file"}
    return recording.record(frames, (1280, 720), meta)


class Reel:
    """A film read back in Python, as `static/js/film.js` reads it."""

    def __init__(self, packed: bytes) -> None:
        data = gzip.decompress(packed)
        self.count, self.joints = struct.unpack_from("<II", data)
        self.unit, *self.box = struct.unpack_from("<5f", data, 8)
        at = 28 + 4 * -(-self.joints // 4)
        self.numbers = tuple(data[28 : 28 + self.joints])
        self.t_s = np.frombuffer(data, "<u4", self.count, at) / 1000
        steps = np.frombuffer(data, "<i2", self.count * self.joints * 3, at + 4 * self.count)
        whole = np.cumsum(steps.reshape(-1, self.count), axis=1, dtype=np.int16)
        self.points = whole.T.reshape(self.count, self.joints, 3) * self.unit
        self.seen = np.frombuffer(data[-self.count :], np.uint8).astype(bool)


def test_a_film_shows_the_body_as_it_was_within_a_millimetre() -> None:
    frames = squats()
    reel = Reel(film(recorded(list(frames))))
    assert reel.numbers == JOINTS
    assert reel.seen.all()
    assert np.diff(reel.t_s).min() > 0.03
    assert len(reel.t_s) <= 15 * (frames[-1].t_s - frames[0].t_s) + 2
    hip, knee, ankle = (JOINTS.index(pair(part)[0]) for part in ("hip", "knee", "ankle"))
    row = int(np.argmin(abs(reel.t_s - frames[40].t_s)))
    shown = next(one for one in frames if abs(one.t_s - reel.t_s[row]) < 1e-3)
    ratio = [
        np.linalg.norm(points[a] - points[b]) / np.linalg.norm(points[b] - points[c])
        for points, (a, b, c) in (
            (reel.points[row][:, :2], (hip, knee, ankle)),
            (shown.image_px, (23, 25, 27)),
        )
    ]
    assert ratio[0] == pytest.approx(ratio[1], rel=10 * UNIT_M)


def test_a_gap_is_said_and_costs_nothing_of_what_follows() -> None:
    frames: list[PoseFrame | Gap] = list(squats())
    whole = Reel(film(recorded(list(frames))))
    frames[20:30] = [Gap(frame.t_s) for frame in frames[20:30]]
    reel = Reel(film(recorded(frames)))
    assert 0 < (~reel.seen).sum() <= 10
    later = reel.t_s > frames[35].t_s
    moved = reel.points[later] - whole.points[later]
    assert abs(moved - moved[0, 0]).max() < 0.02  # the middle of the picture may be another
    with pytest.raises(MovementError):
        film(recorded([Gap(t / 15) for t in range(9)]))


@pytest.mark.parametrize("yaw_deg", [90.0, -90.0, 30.0])
def test_the_reference_is_seen_from_where_the_camera_stood(yaw_deg: float) -> None:
    """Whichever side is towards the camera, both face the same way in the picture."""
    frames = squats(yaw_deg)
    found = compare(frames, judge("squat", frames).reps or reps(), catalogue.reference("squat"))
    assert found
    shown = catalogue.reference("squat").seen_from(found.yaw_deg)[0]
    toes, heels = pair("foot_index"), pair("heel")

    def facing(points: np.ndarray) -> float:
        return float(points[list(toes), 0].mean() - points[list(heels), 0].mean())

    assert facing(shown) * facing(frames[0].image_px) > 0


def test_a_good_squat_is_like_the_reference_and_goes_through_it_once() -> None:
    found = compare(squats(), reps(), catalogue.reference("squat"))
    assert found
    assert [one.index for one in found.reps] == [rep.index for rep in reps()]
    for one, rep in zip(found.reps, reps(), strict=True):
        assert list(one.t_s) == sorted(one.t_s)
        assert rep.start_s - 0.1 <= one.t_s[0] < one.t_s[-1] <= rep.end_s + 0.1
        assert one.share[0] < 0.2
        assert one.share[-1] > 0.8
        turn = one.share[int(np.argmin(abs(np.array(one.t_s) - rep.peak_s)))]
        assert 0.25 < turn < 0.75


def test_leaning_is_named_and_too_little_seen_is_left_out() -> None:
    frames = list(movement("squat", (1.0, 1.0), lean_deg=60))
    found = compare(frames, reps(), catalogue.reference("squat"))
    assert found
    assert any(d.angle == "trunk_forward" and d.deviation_deg > 10 for d in found.reps[0].worst)
    assert compare(frames[:3], reps(), catalogue.reference("squat")) is None


def test_the_mirror_image_of_the_mirror_image_is_the_reference() -> None:
    reference = catalogue.reference("hip_abduction")
    assert not np.allclose(mirrored(reference).world_m, reference.world_m)
    assert np.allclose(mirrored(mirrored(reference)).world_m, reference.world_m)
    assert as_frames(reference, 0.0)[-1].t_s == pytest.approx(reference.duration_s)


def likeness(index: int, *worst: Deviation) -> RepLikeness:
    return RepLikeness(index, worst, False, (0.0, 1.0), (0.0, 1.0))


def test_what_is_seen_in_several_repetitions_is_told_with_its_numbers() -> None:
    lean = [Deviation("trunk_forward", "turn", deg) for deg in (20.0, 30.0)]
    once = Deviation("left_knee_flexion", "out", -9.0)
    reps = (likeness(1, lean[0]), likeness(2, once), likeness(3), likeness(4, lean[1]))
    [told] = differences(Likenesses(reps, 90.0))
    assert (told.angle, told.deg, told.reps, told.more) == ("trunk_forward", 25.0, (1, 4), True)
    few = differences(Likenesses(reps[:2], 90.0))
    assert [one.angle for one in few] == ["trunk_forward", "left_knee_flexion"]


@pytest.fixture
def kept(tmp_path: Path) -> bytes:
    path = tmp_path / "squats.npz"
    recording.write(path, recorded(list(squats())))
    return path.read_bytes()


def test_what_is_kept_comes_back_and_other_code_or_landmarks_make_it_anew(kept: bytes) -> None:
    made = make(kept, "hash", catalogue.load("squat"), reps(), catalogue.reference("squat"))
    assert unpack(pack(made), "hash") == made
    assert len(made.t_s) == len(made.angles["left_knee_flexion"])
    other = msgspec.structs.replace(made, made_by="older")
    for data, sha256 in ((pack(other), "hash"), (pack(made), "other"), (b"damaged", "hash")):
        with pytest.raises(ReplayError):
            unpack(data, sha256)


def test_what_was_made_of_a_recording_is_forgotten_with_it(tmp_path: Path) -> None:
    series = FolderSeries(tmp_path)
    series.put("clinic/one.npz", b"landmarks")
    assert series.derived("clinic/one.npz") is None
    series.keep_derived("clinic/one.npz", b"film")
    assert series.derived("clinic/one.npz") == b"film"
    series.delete("clinic/one.npz")
    assert series.derived("clinic/one.npz") is None
    assert not list((tmp_path / "clinic").iterdir())
