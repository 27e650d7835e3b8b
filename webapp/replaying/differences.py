"""What differs from the reference over a whole session, in words for a table: part, way, moment, degrees, where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from coach.comparing.deviations import Deviation, Phase
from coach.comparing.features import BY_NAME, Feature
from webapp.i18n import _, _l
from webapp.replaying.likeness import Likenesses

MOST: Final = 6
_OFTEN: Final = 2
_FEW: Final = 3
"""What is seen in one repetition only may be chance; of so few repetitions each is told."""

PARTS: Final = {
    "trunk": _l("Trunk"), "pelvis": _l("Hips"), "shoulders": _l("Shoulders"),
    "left_upper_arm": _l("Left upper arm"), "right_upper_arm": _l("Right upper arm"),
    "left_forearm": _l("Left forearm"), "right_forearm": _l("Right forearm"),
    "left_thigh": _l("Left thigh"), "right_thigh": _l("Right thigh"),
    "left_shank": _l("Left lower leg"), "right_shank": _l("Right lower leg"),
    "left_knee": _l("Left knee"), "right_knee": _l("Right knee"),
    "left_hip": _l("Left hip"), "right_hip": _l("Right hip"),
    "left_shoulder": _l("Left shoulder"), "right_shoulder": _l("Right shoulder"),
    "left_elbow": _l("Left elbow"), "right_elbow": _l("Right elbow"),
}  # fmt: skip
_MIDDLE: Final = {
    "trunk_forward": (_l("leaned further forward"), _l("leaned less far forward")),
    "trunk_outward": (_l("leaned further to the left"), _l("leaned further to the right")),
    "pelvis_forward": (_l("turned further to the right"), _l("turned further to the left")),
    "pelvis_up": (_l("higher on the left"), _l("higher on the right")),
    "shoulders_forward": (_l("turned further to the right"), _l("turned further to the left")),
    "shoulders_up": (_l("higher on the left"), _l("higher on the right")),
}
"""More and less than the reference, of what is in the middle of the body."""

_LIMB: Final = {
    "forward": (_l("pointed further forward"), _l("pointed further back")),
    "outward": (_l("pointed further outward"), _l("pointed further inward")),
    "up": (_l("pointed higher"), _l("pointed lower")),
    "bend": (_l("bent more"), _l("bent less")),
}
WHEN: Final[dict[Phase, object]] = {
    "start": _l("in the start position"), "out": _l("on the way out"), "turn": _l("at the turn"),
    "back": _l("on the way back"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, the same way in several repetitions: their numbers, and the mean of its degrees (always > 0)."""

    angle: str
    phase: Phase
    more: bool
    deg: float
    reps: tuple[int, ...]

    @property
    def part(self) -> str:
        """Which part of the body."""
        feature = BY_NAME[self.angle]
        return str(PARTS[f"{feature.side}_{feature.part}" if feature.side else feature.part])

    @property
    def way(self) -> str:
        """Which way it differed."""
        return str(_ways(BY_NAME[self.angle])[not self.more])

    @property
    def when(self) -> str:
        """In which phase of the movement."""
        return str(WHEN[self.phase])

    @property
    def amount(self) -> str:
        """Whole degrees."""
        return _("%(deg)d°", deg=round(self.deg))


def _ways(feature: Feature) -> tuple[object, object]:
    return _LIMB[feature.axis] if feature.side else _MIDDLE[feature.name]


def differences(found: Likenesses) -> list[Difference]:
    """The differences that were seen often, those that matter most first."""
    groups: dict[tuple[str, Phase, bool], list[tuple[int, Deviation]]] = defaultdict(list)
    for rep in found.reps:
        for one in rep.worst:
            groups[one.angle, one.phase, one.deviation_deg > 0.0].append((rep.index, one))
    often = _OFTEN if len(found.reps) > _FEW else 1
    told = [_difference(*key, ones) for key, ones in groups.items() if len(ones) >= often]
    return sorted(told, key=lambda one: -one.deg * len(one.reps))[:MOST]


def _difference(
    angle: str, phase: Phase, more: bool, ones: list[tuple[int, Deviation]]
) -> Difference:
    deg = sum(abs(one.deviation_deg) for _index, one in ones) / len(ones)
    return Difference(angle, phase, more, deg, tuple(index for index, _one in ones))
