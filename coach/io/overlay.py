"""What is drawn over a picture: skeleton, count with its ring, and the cue. Pure: a new picture comes back.

Sizes follow the picture, so that it reads from three metres; state shows as shape and word, not by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np

from coach.frame import PoseFrame
from coach.io.opencv import cv2
from coach.io.picture import Pixels
from coach.landmarks import SKELETON

Colour = tuple[int, int, int]
"""Blue, green, red."""
Tone = Literal["calm", "good", "short", "over"]

_INK: Final[Colour] = (26, 25, 20)
_PAPER: Final[Colour] = (242, 247, 250)
_SOFT: Final[Colour] = (112, 104, 96)
_TONES: Final[dict[Tone, Colour]] = {
    "calm": (189, 202, 111),
    "good": (158, 209, 143),
    "short": (114, 192, 236),
    "over": (143, 165, 243),
}
_SEEN: Final = 0.5
"""Limbs whose ends the model trusts less are not drawn: an invented limb confuses."""
_MARGIN: Final = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Hud:
    """What to show beside the body: `count` large, `progress` 0..1 as a ring around it, `cue` below when there is one.

    `status` is a word or two under the count; `tone` colours ring and cue.
    """

    count: str
    progress: float
    status: str = ""
    cue: str = ""
    tone: Tone = "calm"


def annotate(bgr: Pixels, frame: PoseFrame | None, hud: Hud) -> Pixels:
    """The picture with skeleton (where a person was found), count, ring and cue.

    `frame` may have been taken from the picture in another size.
    """
    canvas = bgr.copy()
    if frame is not None:
        _skeleton(canvas, frame)
    _count(canvas, hud)
    if hud.cue:
        _cue(canvas, hud.cue, _TONES[hud.tone])
    return canvas


def _skeleton(canvas: Pixels, frame: PoseFrame) -> None:
    """Limbs and joints as thin light lines with a dark edge, readable on any clothes."""
    width = max(2, round(_unit(canvas) * 0.006))
    scale = np.array(canvas.shape[1::-1]) / frame.size_px
    points = np.clip(frame.image_px * scale, -1e4, 1e4).round().astype(int)
    limbs = [(a, b) for a, b in SKELETON if min(frame.visibility[a], frame.visibility[b]) >= _SEEN]
    for colour, thickness in ((_INK, width * 2), (_TONES["calm"], width)):
        for a, b in limbs:
            cv2.line(canvas, _xy(points[a]), _xy(points[b]), colour, thickness, cv2.LINE_AA)
    for joint in {joint for limb in limbs for joint in limb}:
        cv2.circle(canvas, _xy(points[joint]), width * 2, _INK, -1, cv2.LINE_AA)
        cv2.circle(canvas, _xy(points[joint]), round(width * 1.4), _PAPER, -1, cv2.LINE_AA)


def _count(canvas: Pixels, hud: Hud) -> None:
    """A dark disc in the upper right corner: ring, number, status."""
    unit = _unit(canvas)
    radius, margin = round(unit * 0.17), round(unit * _MARGIN)
    centre = (canvas.shape[1] - radius - margin, radius + margin)
    _shade_disc(canvas, centre, radius)
    thick = max(2, round(unit * 0.022))
    _ring(canvas, centre, radius - thick, thick, hud)
    number_px = round(unit * (0.2 if len(hud.count) <= 2 else 0.105))
    _centred(canvas, hud.count, (centre[0], centre[1] - round(unit * 0.012)), number_px, _PAPER)
    if hud.status:
        below = (centre[0], centre[1] + round(radius * 0.56))
        _centred(canvas, hud.status, below, round(unit * 0.034), _PAPER, max_px=round(radius * 1.1))


def _ring(canvas: Pixels, centre: tuple[int, int], radius: int, thick: int, hud: Hud) -> None:
    """Fills clockwise from the top; a full ring is closed by a dot, so that it differs in shape."""
    share = float(np.clip(hud.progress, 0.0, 1.0)) if np.isfinite(hud.progress) else 0.0
    cv2.circle(canvas, centre, radius, _SOFT, max(1, thick // 3), cv2.LINE_AA)
    if share > 0:
        end_deg = -90 + 360 * share
        cv2.ellipse(
            canvas, centre, (radius, radius), 0, -90, end_deg, _TONES[hud.tone], thick, cv2.LINE_AA
        )
    if share >= 1:
        cv2.circle(canvas, (centre[0], centre[1] - radius), thick, _PAPER, -1, cv2.LINE_AA)


def _cue(canvas: Pixels, text: str, colour: Colour) -> None:
    """A dark band at the bottom with a bar of the tone's colour at its left."""
    height, width = canvas.shape[:2]
    unit = _unit(canvas)
    size_px = round(unit * 0.06)
    band = round(unit * 0.13)
    margin = round(unit * _MARGIN)
    top = height - band - margin
    _shade(canvas, top, height - margin, margin, width - margin)
    cv2.rectangle(
        canvas, (margin, top), (margin + max(3, margin // 2), height - margin), colour, -1
    )
    _centred(
        canvas, text, (width // 2, top + band // 2), size_px, _PAPER, max_px=width - 4 * margin
    )


def _shade(canvas: Pixels, top: int, bottom: int, left: int, right: int) -> None:
    area = canvas[max(0, top) : bottom, max(0, left) : right]
    area[:] = (area * 0.3 + np.array(_INK) * 0.7).astype(np.uint8)


def _shade_disc(canvas: Pixels, centre: tuple[int, int], radius: int) -> None:
    left, top = max(0, centre[0] - radius), max(0, centre[1] - radius)
    area = canvas[top : centre[1] + radius, left : centre[0] + radius]
    disc = np.zeros(area.shape[:2], np.uint8)
    cv2.circle(disc, (centre[0] - left, centre[1] - top), radius, 255, -1, cv2.LINE_AA)
    weight = (disc / 255 * 0.7)[..., None]
    area[:] = (area * (1 - weight) + np.array(_INK) * weight).astype(np.uint8)


def _centred(
    canvas: Pixels,
    text: str,
    centre: tuple[int, int],
    size_px: int,
    colour: Colour,
    *,
    max_px: int | None = None,
) -> None:
    """Text in the middle of `centre`, made smaller where it would be wider than `max_px`."""
    size_px = max(8, size_px)
    width = _width(text, size_px)
    if max_px is not None and width > max_px:
        size_px = max(8, int(size_px * max_px / width))
        width = _width(text, size_px)
    origin = (centre[0] - width // 2, centre[1] + round(size_px * 0.36))
    cv2.putText(canvas, text, origin, colour, _font(), size_px, 600)


def _width(text: str, size_px: int) -> int:
    return int(cv2.getTextSize((0, 0), text, (0, 0), _font(), size_px, 600)[2])


@cache
def _font() -> cv2.FontFace:
    return cv2.FontFace("sans")


def _unit(canvas: Pixels) -> int:
    """The shorter side of the picture: every size is a share of it."""
    return int(min(canvas.shape[:2]))


def _xy(point: np.ndarray) -> tuple[int, int]:
    return int(point[0]), int(point[1])
