"""Why a file that is no use as a video is none: said in one sentence, from its first and last bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_LOOK_BYTES: Final = 1 << 20

_SOUND_STARTS: Final = (
    b"ID3",
    b"fLaC",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf2",
    b"\xff\xf1",
    b"#!AMR",
)


def explain_unreadable(path: Path) -> str:
    """The sentence for a file from which no picture could be decoded."""
    try:
        ends = _both_ends(path)
    except OSError as error:
        return f"{path} cannot be read: {(error.strerror or str(error)).lower()}."
    if not ends:
        return f"{path} is empty; record or copy the video again."
    if _sound_only(ends):
        return f"{path} holds sound but no pictures; choose the video itself."
    if _video_container(ends):
        return f"No picture in {path} can be decoded: it is damaged or incomplete; record or copy it again."
    return f"{path} is not a video that can be read; use MP4, MOV, AVI, WebM or MKV."


def _both_ends(path: Path) -> bytes:
    with path.open("rb") as stream:
        head = stream.read(_LOOK_BYTES)
        size = path.stat().st_size
        if size <= len(head):
            return head
        stream.seek(max(len(head), size - _LOOK_BYTES))
        return head + stream.read()


def _sound_only(ends: bytes) -> bool:
    if ends.startswith(_SOUND_STARTS):
        return True
    if ends.startswith(b"RIFF") and ends[8:12] == b"WAVE":
        return True
    if ends.startswith(b"OggS"):
        return b"theora" not in ends
    # MP4 and MOV name the kind of every track in its handler box
    return _is_mp4(ends) and b"soun" in ends and b"vide" not in ends


def _video_container(ends: bytes) -> bool:
    matroska = ends.startswith(b"\x1a\x45\xdf\xa3")
    avi = ends.startswith(b"RIFF") and ends[8:12] == b"AVI "
    return _is_mp4(ends) or matroska or avi


def _is_mp4(ends: bytes) -> bool:
    return ends[4:8] in {b"ftyp", b"moov", b"mdat"}
