"""Deviations from the reference in plain words: which part, which way, how far, when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.comparing.comparison import Likeness
from coach.comparing.deviations import Deviation, Phase
from coach.comparing.features import BY_NAME, Feature

_WHEN: Final[Mapping[Phase, str]] = {
    "start": "in the start position",
    "out": "on the way out",
    "turn": "at the turn",
    "back": "on the way back",
}

_MIDDLE: Final[Mapping[str, tuple[str, str]]] = {
    "trunk_forward": ("trunk leaned {} further forward", "trunk leaned {} less far forward"),
    "trunk_outward": (
        "trunk leaned {} further to the left",
        "trunk leaned {} further to the right",
    ),
    "pelvis_forward": (
        "pelvis was turned {} further to the right",
        "pelvis was turned {} further to the left",
    ),
    "pelvis_up": ("pelvis was {} higher on the left", "pelvis was {} higher on the right"),
    "shoulders_forward": (
        "shoulders were turned {} further to the right",
        "shoulders were turned {} further to the left",
    ),
    "shoulders_up": (
        "shoulders were {} higher on the left",
        "shoulders were {} higher on the right",
    ),
}
"""More and less than the reference, of what is in the middle of the body."""

_LIMB: Final[Mapping[str, tuple[str, str]]] = {
    "forward": ("pointed {} further forward", "pointed {} further back"),
    "outward": ("pointed {} further outward", "pointed {} further inward"),
    "up": ("pointed {} higher", "pointed {} lower"),
    "bend": ("bent {} more", "bent {} less"),
}

_OTHER_SIDE: Final = (
    "it was done on, or filmed from, the other side; compared with the reference's mirror image"
)
_OTHER_VIEW: Final = (
    "it was filmed from another direction than the reference; film from the same for a surer score"
)
_NOTHING: Final = "no angle stands out"


def sentences(likeness: Likeness) -> tuple[str, ...]:
    """What differs, worst first, then what makes the comparison less sure."""
    groups: dict[tuple[str, str, Phase, bool], list[Deviation]] = {}
    for deviation in likeness.worst:
        groups.setdefault(_same(deviation), []).append(deviation)
    told = [_sentence(group) for group in groups.values()] or [_NOTHING]
    notes = [_OTHER_SIDE] * likeness.other_side + [_OTHER_VIEW] * likeness.other_view
    return (*told, *notes)


def _same(deviation: Deviation) -> tuple[str, str, Phase, bool]:
    """Left and right doing the same at the same time are told in one sentence."""
    feature = BY_NAME[deviation.angle]
    return feature.part, feature.axis, deviation.phase, deviation.deviation_deg > 0.0


def _sentence(group: list[Deviation]) -> str:
    first = group[0]
    mean_deg = sum(abs(deviation.deviation_deg) for deviation in group) / len(group)
    what = _what(BY_NAME[first.angle], more=first.deviation_deg > 0.0, both=len(group) > 1)
    return f"your {what.format(f'{mean_deg:.0f}°')} than the reference {_WHEN[first.phase]}"


def _what(feature: Feature, *, more: bool, both: bool) -> str:
    if feature.side is None:
        return _MIDDLE[feature.name][not more]
    part = feature.part.replace("_", " ")
    return f"{f'{part}s' if both else f'{feature.side} {part}'} {_LIMB[feature.axis][not more]}"
