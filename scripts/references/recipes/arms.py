"""Standing or sitting: the arms move. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

from scripts.references.figure import Floats, Pose

from .common import ease, standing


def shoulder_abduction(
    depth: float, *, elbows_deg: float = 6.0, side_lean_deg: float = 0.0
) -> Floats:
    """Both arms from the sides to 98 degrees, standing."""
    pose = Pose(
        trunk_side=side_lean_deg * depth,
        shoulder_abduction=7.0 + 91.0 * depth,
        elbow_flexion=5.0 + (elbows_deg - 5.0) * depth,
        arm_turn=-80.0 * ease(depth),
    )
    return standing(pose)


def biceps_curl(depth: float, *, swing_deg: float = 5.0, lean_back_deg: float = 0.0) -> Floats:
    """Both elbows from 8 to 132 degrees, standing; `swing_deg` is how far the upper arms drift forward."""
    lean = -lean_back_deg * depth
    pose = Pose(
        trunk_lean=lean,
        hip_flexion=lean,
        shoulder_flexion=2.0 + (swing_deg - 2.0) * depth,
        shoulder_abduction=7.0,
        elbow_flexion=8.0 + 124.0 * depth,
    )
    return standing(pose)


RECIPES = (shoulder_abduction, biceps_curl)
