"""Recordings: what is written comes back; what is wrong is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import MediaError
from coach.frame import PoseFrame
from coach.io import recording
from coach.stream import Gap
from tests.coach.io.clips import standing

Arrays = dict[str, Any]


def _some() -> recording.Recording:
    frames = [standing(0.0), Gap(0.1), standing(0.2)]
    return recording.record(frames, (640, 480), {"model": "full", "source": "clip.mp4"})


def test_frames_and_gaps_come_back_as_they_were(tmp_path: Path) -> None:
    recording.write(tmp_path / "a.npz", _some())
    read = recording.read(tmp_path / "a.npz")
    first, second, third = read.frames()
    assert isinstance(first, PoseFrame)
    assert isinstance(second, Gap)
    assert isinstance(third, PoseFrame)
    assert (first.t_s, second.t_s, third.t_s) == (0.0, 0.1, 0.2)
    assert first.size_px == (640, 480)
    np.testing.assert_allclose(first.image_px, standing().image_px, rtol=1e-6)
    np.testing.assert_allclose(first.world_m, standing().world_m, atol=1e-6)


def test_meta_holds_schema_rate_model_and_source(tmp_path: Path) -> None:
    recording.write(tmp_path / "a.npz", _some())
    assert recording.read(tmp_path / "a.npz").meta == {
        "schema": 1, "fps": 10.0, "model": "full", "source": "clip.mp4",
    }  # fmt: skip


def test_the_arrays_have_the_documented_shapes_and_types(tmp_path: Path) -> None:
    recording.write(tmp_path / "a.npz", _some())
    with np.load(tmp_path / "a.npz") as held:
        assert {
            name: (held[name].shape, str(held[name].dtype)) for name in held.files if name != "meta"
        } == {
            "t_s": ((3,), "float64"),
            "image_px": ((3, 33, 2), "float32"),
            "world_m": ((3, 33, 3), "float32"),
            "visibility": ((3, 33), "float32"),
            "size_px": ((2,), "int32"),
        }
        assert np.isnan(held["image_px"][1]).all()


def _without(name: str) -> Callable[[Arrays], None]:
    return lambda arrays: arrays.pop(name)


def _with(name: str, value: Any) -> Callable[[Arrays], None]:
    return lambda arrays: arrays.update({name: value})


def _poke(arrays: Arrays) -> None:
    arrays["world_m"][2, 5, 1] = np.nan


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without("t_s"), "lacks t_s"),
        (_without("meta"), "lacks meta"),
        (
            _with("image_px", np.zeros((3, 17, 2))),
            r"image_px should have shape \(N, 33, 2\), but has \(3, 17, 2\)",
        ),
        (_with("visibility", np.zeros((2, 33))), "equally long"),
        (_with("t_s", np.array([0.0, np.nan, 0.2])), "t_s should hold finite seconds, but row 1"),
        (_with("t_s", np.array(["a", "b", "c"])), "should hold numbers"),
        (_with("size_px", np.array([0, 480])), "size_px should be a positive"),
        (_with("size_px", np.array([640.5, 480.0])), "size_px should be a positive"),
        (_with("meta", np.array("{not json")), "meta should be JSON"),
        (_with("meta", np.array("[]")), "JSON object"),
        (_with("meta", np.array('{"schema": 2}')), "schema 1, but this one has 2"),
        (_poke, "row 2 should hold finite numbers only"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, spoil: Callable[[Arrays], None], words: str
) -> None:
    recording.write(tmp_path / "a.npz", _some())
    with np.load(tmp_path / "a.npz") as held:
        arrays = {name: held[name].copy() for name in held.files}
    spoil(arrays)
    np.savez(tmp_path / "b.npz", **arrays)
    with pytest.raises(MediaError, match=words):
        recording.read(tmp_path / "b.npz")


def test_an_empty_recording_is_refused(tmp_path: Path) -> None:
    recording.write(tmp_path / "a.npz", recording.record([], (640, 480), {}))
    with pytest.raises(MediaError, match="no frame"):
        recording.read(tmp_path / "a.npz")


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + bytes(100)])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(MediaError, match="not a landmark recording"):
        recording.read(tmp_path / "a.npz")


def test_a_recording_cut_short_is_refused(tmp_path: Path) -> None:
    recording.write(tmp_path / "a.npz", _some())
    whole = (tmp_path / "a.npz").read_bytes()
    (tmp_path / "a.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match="damaged"):
        recording.read(tmp_path / "a.npz")


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", t_s=np.array([{"a": 1}], dtype=object))
    with pytest.raises(MediaError, match="not a landmark recording"):
        recording.read(tmp_path / "a.npz")


def test_absent_files_and_folders_are_explained(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="There is no file"):
        recording.read(tmp_path / "nope.npz")
    with pytest.raises(MediaError, match="is a folder"):
        recording.read(tmp_path)
    with pytest.raises(MediaError, match="cannot be written"):
        recording.write(tmp_path / "nowhere" / "a.npz", _some())


def test_a_failed_write_leaves_the_old_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.npz"
    recording.write(path, _some())
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MediaError, match="No space left"):
        recording.write(path, _some())
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.npz"]
