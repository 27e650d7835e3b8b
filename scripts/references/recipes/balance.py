"""Standing on one leg, or rising on the toes. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

from coach.landmarks import SIDES, Side
from scripts.references.figure import (
    SOLE_M,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
)

from .common import LEG_M, ease, lifted
from .feet import ankle_on_toes, hold_on, tipped

STANDING_M = SOLE_M + LEG_M


def hamstring_curl(depth: float, *, lean_deg: float = 3.0, hip_deg: float = 0.0) -> Floats:
    """One heel up behind, the knee to 92 degrees (depth below 0: the right one), hands on a support."""
    part = abs(depth)
    lean, thigh = lean_deg * part, hip_deg * part
    pose = Pose(
        trunk_lean=lean,
        hip_flexion=_sided(depth, lean + thigh, lean),
        knee_flexion=_sided(depth, 92.0 * part, 0.0),
        ankle_dorsiflexion=_sided(depth, min(25.0, 92.0 * part), 0.0),
    )
    return _held(pose)


def hip_extension(depth: float, *, lean_deg: float = 3.0, knee_deg: float = 5.0) -> Floats:
    """One straight leg backwards, 17 degrees behind the trunk (depth below 0: the right one)."""
    part = abs(depth)
    lean = lean_deg * part
    pose = Pose(
        trunk_lean=lean,
        hip_flexion=_sided(depth, -17.0 * part if lean_deg < 10.0 else lean - 17.0 * part, lean),
        knee_flexion=_sided(depth, knee_deg * part, 0.0),
    )
    return _held(pose)


def knee_raise(depth: float, *, lean_back_deg: float = 0.0, stand_knee_deg: float = 0.0) -> Floats:
    """Marching on the spot: one thigh up to 82 degrees (depth below 0: the right one), hands on a support."""
    part = abs(depth)
    lean = -lean_back_deg * part
    pose = Pose(
        trunk_lean=lean,
        hip_flexion=_sided(depth, 82.0 * part + lean, lean),
        knee_flexion=_sided(depth, 88.0 * part, 0.0),
    )
    return _held(pose)


def single_leg_stance(
    depth: float, *, lean_deg: float = 1.0, foot_m: float = 0.16, right: float = 0.0
) -> Floats:
    """On the left leg (`right`: on the right one), the other foot lifted; the depth is a breath."""
    side: Side = "right" if right else "left"
    free: Side = "left" if right else "right"
    out = outward(side)
    pose = Pose(trunk_side=out * lean_deg, shoulder_abduction=(22.0, 22.0))
    points = lifted(figure(pose), STANDING_M - 0.002 * depth, 0.0)
    points[:, 0] -= out * 0.02
    plant(points, side, (out * 0.08, -SOLE_M, 0.0), (0.0, 0.0, -1.0))
    plant(points, free, (-out * 0.12, -SOLE_M - foot_m, 0.1), (0.0, 0.0, -1.0))
    return points


def terminal_knee_extension(depth: float, *, lean_deg: float = 2.0) -> Floats:
    """One foot forward on its toes, the knee bent a little: the knee straightens, the heel goes down."""
    rise_deg = 15.0 * (1.0 - depth) ** 2
    pose = Pose(trunk_lean=lean_deg * ease(depth), hip_flexion=lean_deg * ease(depth))
    points = lifted(figure(pose), STANDING_M, 0.0)
    plant(points, "right", (-0.1, -SOLE_M, 0.0), (0.0, 0.0, -1.0))
    plant(points, "left", ankle_on_toes("left", rise_deg), (0.0, 0.0, -1.0))
    foot_on(points, "left", tipped(rise_deg))
    hold_on(points)
    return points


def heel_raise(depth: float, *, knees_deg: float = 3.0) -> Floats:
    """Up on the toes and down, hands on a support; `knees_deg` is how far the knees bend to help."""
    rise_deg = 33.0 * depth
    ankle = ankle_on_toes("left", rise_deg)
    bend = (knees_deg - 3.0) * depth
    shorter_m = 0.5 * LEG_M * (bend * 0.0087) ** 2 * 2
    points = lifted(figure(Pose()), LEG_M - 0.001 - ankle[1] - shorter_m, ankle[2])
    for side in SIDES:
        plant(points, side, ankle_on_toes(side, rise_deg), (0.0, 0.0, -1.0))
        foot_on(points, side, tipped(rise_deg))
    hold_on(points)
    return points


def _sided(depth: float, moving: float, standing: float) -> tuple[float, float]:
    """(left, right) degrees: the left leg moves, or below 0 the right one."""
    return (moving, standing) if depth >= 0.0 else (standing, moving)


def _held(pose: Pose) -> Floats:
    """Standing on the leg that does not move, hands on a support."""
    points = lifted(figure(pose), STANDING_M, 0.0)
    hold_on(points)
    return points


RECIPES = (
    hamstring_curl,
    hip_extension,
    knee_raise,
    single_leg_stance,
    terminal_knee_extension,
    heel_raise,
)
