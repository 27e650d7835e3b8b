"""The inference process: what it finds, how it fails, and that it speaks to nobody."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelError
from coach.frame import PoseFrame
from coach.io import landmarker as module
from coach.io import recording
from coach.io.landmarker import Landmarker
from coach.io.offline import CLOSED_PROXY
from coach.io.opencv import cv2
from coach.io.picture import Picture
from coach.io.video import open_video
from coach.landmarks import Landmark
from coach.stream import Gap
from tests.coach.io.clips import SAMPLE, blank_picture


@pytest.fixture(scope="module")
def lite() -> Iterator[Landmarker]:
    with Landmarker("lite") as landmarker:
        yield landmarker


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    with open_video(SAMPLE) as video:
        return list(itertools.islice(video, 12))


def test_one_person_is_found_in_every_picture(lite: Landmarker, pictures: list[Picture]) -> None:
    found = list(lite.stream(pictures))
    assert [picture.t_s for picture, _ in found] == [picture.t_s for picture in pictures]
    for picture, frame in found:
        assert isinstance(frame, PoseFrame)
        assert (frame.t_s, frame.size_px) == (picture.t_s, picture.size_px)
        assert frame.image_px[Landmark.NOSE, 1] < frame.image_px[Landmark.LEFT_HIP, 1]
        assert frame.image_px[Landmark.LEFT_HIP, 1] < frame.image_px[Landmark.LEFT_HEEL, 1]
        assert abs(frame.world_m[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean()) < 0.05
        assert 0 <= frame.visibility.min() <= frame.visibility.max() <= 1
    assert lite.notes == ()


def test_a_recording_keeps_exactly_what_was_judged(
    lite: Landmarker, pictures: list[Picture], tmp_path: Path
) -> None:
    frames = [frame for _, frame in lite.stream(pictures)]
    recording.write(tmp_path / "a.npz", recording.record(frames, pictures[0].size_px, {}))
    for before, after in zip(frames, recording.read(tmp_path / "a.npz").frames(), strict=True):
        assert isinstance(before, PoseFrame)
        assert isinstance(after, PoseFrame)
        assert before.t_s == after.t_s
        np.testing.assert_array_equal(before.image_px, after.image_px)
        np.testing.assert_array_equal(before.world_m, after.world_m)
        np.testing.assert_array_equal(before.visibility, after.visibility)


def test_an_empty_picture_is_a_gap(lite: Landmarker) -> None:
    ((_, frame),) = lite.stream([blank_picture(0.0, (320, 240))])
    assert frame == Gap(0.0)


def test_live_pictures_are_answered_at_once_and_like_a_file(
    lite: Landmarker, pictures: list[Picture]
) -> None:
    streamed = [frame for _, frame in lite.stream(pictures)]
    lite.begin()
    for picture, same in zip(pictures, streamed, strict=True):
        frame = lite.detect(picture)
        assert isinstance(frame, PoseFrame)
        assert isinstance(same, PoseFrame)
        np.testing.assert_array_equal(frame.image_px, same.image_px)


def test_large_pictures_are_scaled_down_and_their_landmarks_back(
    lite: Landmarker, pictures: list[Picture]
) -> None:
    small = pictures[0]
    wide, high = small.size_px[0] * 3, small.size_px[1] * 3
    large = Picture(0.0, cv2.resize(small.bgr, (wide, high)).astype(np.uint8))
    ((_, one),) = lite.stream([small])
    ((_, three),) = lite.stream([large])
    assert isinstance(one, PoseFrame)
    assert isinstance(three, PoseFrame)
    assert three.size_px == (wide, high)
    np.testing.assert_allclose(three.image_px / 3, one.image_px, atol=0.02 * high / 3)


def test_a_second_person_is_noted(lite: Landmarker, pictures: list[Picture]) -> None:
    twins = [Picture(one.t_s, np.hstack([one.bgr, one.bgr[:, ::-1]])) for one in pictures]
    assert len(list(lite.stream(twins))) == len(twins)
    assert lite.notes == ("several_people",)
    list(lite.stream(pictures))
    assert lite.notes == ()


def test_times_that_repeat_do_not_stop_the_model(lite: Landmarker, pictures: list[Picture]) -> None:
    repeated = [Picture(0.0, picture.bgr) for picture in pictures[:4]]
    assert all(isinstance(frame, PoseFrame) for _, frame in lite.stream(repeated))


def test_a_stream_that_is_left_early_does_not_leak_into_the_next(
    lite: Landmarker, pictures: list[Picture]
) -> None:
    blanks = [blank_picture(index / 10, (320, 240)) for index in range(10)]
    left = lite.stream(blanks)
    assert next(left)[1] == Gap(0.0)
    found = [frame for _, frame in lite.stream(pictures[:3])]
    assert [isinstance(frame, PoseFrame) for frame in found] == [True] * 3


def test_a_missing_model_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(variant: str) -> Path:
        raise ModelError(f"The pose model {variant} is missing; run `coach models build`.")

    monkeypatch.setattr(module, "model_path", missing)
    with pytest.raises(ModelError, match="coach models build"):
        Landmarker("full")


def test_a_model_that_cannot_be_loaded_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.task"
    broken.write_bytes(b"no model" * 1000)
    monkeypatch.setattr(module, "model_path", lambda _: broken)
    with Landmarker("lite") as landmarker, pytest.raises(ModelError, match="cannot be used"):
        list(landmarker.stream([blank_picture()]))


def test_a_crash_is_one_sentence_and_no_hang(pictures: list[Picture]) -> None:
    with Landmarker("lite") as landmarker:
        landmarker.begin()
        landmarker.detect(pictures[0])
        os.kill(landmarker.process_id, signal.SIGKILL)
        with pytest.raises(ModelError, match="stopped unexpectedly"):
            landmarker.detect(pictures[1])


def test_silence_ends_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(*_: object, **__: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
        )

    monkeypatch.setattr(module, "start_offline", deaf)
    monkeypatch.setattr(module, "_END_S", 0.1)
    landmarker = Landmarker("lite")
    monkeypatch.setattr(module, "_START_S", 0.1)
    with pytest.raises(ModelError):
        landmarker.begin()
    stdin = landmarker._process.stdin
    landmarker.close()
    assert landmarker._process.returncode is not None
    assert stdin is not None
    stdin.close()


def test_closing_ends_the_process() -> None:
    landmarker = Landmarker("lite")
    landmarker.begin()
    landmarker.close()
    assert landmarker._process.returncode == 0


def test_the_process_dies_with_its_parent() -> None:
    script = (
        "import time\nfrom coach.io.landmarker import Landmarker\n"
        "one = Landmarker('lite')\none.begin()\nprint(one.process_id, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_the_parent_never_loads_mediapipe() -> None:
    script = "import sys, coach.io.landmarker\nprint('mediapipe' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_the_guard_stands_before_the_process_begins(lite: Landmarker) -> None:
    environment = Path(f"/proc/{lite.process_id}/environ").read_bytes().decode().split("\0")
    for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy"):
        assert f"{name}={CLOSED_PROXY}" in environment
    assert not any(entry.lower().startswith("no_proxy=") for entry in environment)
