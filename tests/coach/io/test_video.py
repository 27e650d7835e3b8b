"""Video files: what is read, at which times, and what bad ones are told."""

from __future__ import annotations

import itertools
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from coach.errors import MediaError
from coach.io.opencv import cv2
from coach.io.video import open_video
from tests.coach.io.clips import write_clip


def test_a_video_tells_its_size_rate_and_length(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "a.mp4", 12, (96, 64), 25.0)) as video:
        assert (video.size_px, video.fps, video.frame_count) == ((96, 64), 25.0, 12)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mp4v"), ("a.avi", "MJPG"), ("a.webm", "VP80")]
)
def test_every_picture_comes_once_with_its_time(tmp_path: Path, name: str, codec: str) -> None:
    with open_video(write_clip(tmp_path / name, 12, fps=25.0, codec=codec)) as video:
        pictures = list(video)
    assert [round(picture.t_s, 2) for picture in pictures] == [
        round(i * 0.04, 2) for i in range(12)
    ]
    brightness = [picture.bgr[:, 60:].mean() for picture in pictures]
    assert brightness == sorted(brightness)
    assert brightness[-1] - brightness[0] == pytest.approx(44, abs=6)
    assert video.notes == ()


def test_odd_sizes_are_read(tmp_path: Path) -> None:
    path = (
        tmp_path / "odd.png"
    )  # one picture counts as a very short video; no encoder here writes odd sizes
    cv2.imwrite(str(path), np.zeros((63, 97, 3), np.uint8))
    with open_video(path) as video:
        assert [picture.size_px for picture in video] == [(97, 63)]


def test_a_truncated_file_gives_what_decodes_with_a_note(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "a.avi", 40, (320, 240), codec="MJPG")
    part = tmp_path / "part.avi"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with open_video(part) as video:
        count = len(list(video))
    assert 10 <= count <= 22
    assert video.notes == ("video_truncated",)


def test_damage_in_the_middle_is_passed_over_with_a_note(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.avi", 40, (320, 240), codec="MJPG")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + len(content) // 6] = bytes(len(content) // 6)
    path.write_bytes(content)
    with open_video(path) as video:
        times = [picture.t_s for picture in video]
    assert 20 <= len(times) < 40
    assert all(later > earlier for earlier, later in itertools.pairwise(times))


def _rotate_in_header(path: Path) -> None:
    """Write "show me turned right by 90 degrees" into the track header of an MP4, as phones do."""
    content = bytearray(path.read_bytes())
    matrix = content.index(b"tkhd") + 44
    one, minus = 1 << 16, (1 << 32) - (1 << 16)
    content[matrix : matrix + 36] = struct.pack(">9I", 0, one, 0, minus, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(content)


def test_rotation_in_the_header_is_obeyed(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "phone.mp4", 4, (96, 64))
    _rotate_in_header(path)
    with open_video(path) as video:
        picture = next(iter(video))
    assert video.size_px == picture.size_px == (64, 96)
    dark_half = picture.bgr[:40].mean()  # what was left is now above
    assert dark_half + 10 < picture.bgr[56:].mean()


def test_pixels_are_made_square(tmp_path: Path) -> None:
    """A clip whose header says that its pixels are twice as wide as high is shown twice as wide."""
    path = write_clip(tmp_path / "a.mp4", 4)
    video = open_video(path)
    video._aspect = 2.0
    raw = np.zeros((64, 96, 3), np.uint8)
    assert video._squared(raw).shape == (64, 192, 3)
    video.close()


def test_an_unusable_file_is_explained(tmp_path: Path) -> None:
    for name, content, words in (
        ("notes.txt", b"just some text", "is not a video"),
        ("empty.mp4", b"", "is empty"),
        ("cut.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(200), "damaged or incomplete"),
        ("song.mp3", b"ID3" + bytes(5000), "sound but no pictures"),
        ("song.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(500), "sound but no pictures"),
        (
            "song.m4a",
            b"\x00\x00\x00\x18ftypM4A " + bytes(50) + b"hdlrsoun" + bytes(50),
            "sound but no",
        ),
        (
            "list.m3u8",
            b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
            "is not a video",
        ),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(MediaError, match=words) as caught:
            open_video(path)
        assert str(path) in str(caught.value)


def test_an_absent_file_a_folder_and_a_device_are_explained(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="There is no file"):
        open_video(tmp_path / "nope.mp4")
    with pytest.raises(MediaError, match="is a folder"):
        open_video(tmp_path)
    with pytest.raises(MediaError, match="not a regular file"):
        open_video(Path(os.devnull))


def test_a_file_that_may_not_be_read_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "private.mp4"
    path.write_bytes(b"x" * 100)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MediaError, match="permission denied"):
        open_video(path)


def test_pictures_too_small_to_show_anyone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="16 x 16"):
        open_video(write_clip(tmp_path / "a.avi", 2, (16, 16), codec="MJPG"))


def test_huge_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="too large"):
        open_video(write_clip(tmp_path / "a.avi", 1, (8320, 64), codec="MJPG"))


def test_times_that_do_not_grow_are_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = open_video(write_clip(tmp_path / "a.mp4", 4, fps=25.0))
    told = iter([0.0, 0.0, 0.04, 0.04, 0.02])
    monkeypatch.setattr(video, "_position_s", lambda: next(told))
    assert [round(picture.t_s, 3) for picture in video] == [0.0, 0.04, 0.08, 0.12]
    video.close()


def test_opencv_may_open_local_files_only() -> None:
    assert os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] == "protocol_whitelist;file"
    assert cv2.__version__
