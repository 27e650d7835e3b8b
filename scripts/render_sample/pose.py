"""Bones to body: world rotations per bone, forward kinematics and linear blend skinning."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from .body import Skeleton
from .mesh import Floats, Mesh


def turn(axis: Floats | str, angle_deg: float) -> Floats:
    """(3, 3) rotation about 'x', 'y', 'z' or a (3,) axis, right-handed."""
    vector = np.eye(3)["xyz".index(axis)] if isinstance(axis, str) else axis
    vector = vector / np.linalg.norm(vector)
    return np.asarray(cv2.Rodrigues(vector * np.radians(angle_deg))[0])


def part_way(start: Floats, end: Floats, share: float) -> Floats:
    """(3, 3) the rotation a share of the way from start to end."""
    step = cv2.Rodrigues(start.T @ end)[0]
    return start @ np.asarray(cv2.Rodrigues(step * share)[0])


@dataclass(frozen=True)
class Pose:
    """World rotations of named bones; a bone without one follows its parent.

    Attributes:
        turns: bone name -> (3, 3) world rotation away from the rest pose.
        shift_m: (3,) metres, where the root joint goes.
    """

    turns: dict[str, Floats]
    shift_m: Floats = field(default_factory=lambda: np.zeros(3))


@dataclass(frozen=True)
class Posed:
    """What a pose does to the bones: world rotation (bones, 3, 3) and joint (bones, 3)."""

    skeleton: Skeleton
    rotations: Floats
    joints: Floats

    def joint(self, name: str) -> Floats:
        """World position (3,) of a bone's joint, metres."""
        return np.asarray(self.joints[self.skeleton.names.index(name)])

    def points(self, mesh: Mesh) -> Floats:
        """(n, 3) the mesh's vertices in the world."""
        offsets = self.joints - np.einsum("bij,bj->bi", self.rotations, self.skeleton.heads)
        blend = (mesh.weights @ self.rotations.reshape(-1, 9)).reshape(-1, 3, 3)
        return np.asarray((blend @ mesh.rest[..., None])[..., 0] + mesh.weights @ offsets)


def posed(skeleton: Skeleton, pose: Pose) -> Posed:
    """Walk the bones from the root outwards."""
    count = len(skeleton.names)
    rotations, joints = np.tile(np.eye(3), (count, 1, 1)), np.zeros((count, 3))
    for bone, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents, strict=True)):
        if parent < 0:
            rotations[bone] = pose.turns.get(name, np.eye(3))
            joints[bone] = skeleton.heads[bone] + pose.shift_m
            continue
        rotations[bone] = pose.turns.get(name, rotations[parent])
        reach = skeleton.heads[bone] - skeleton.heads[parent]
        joints[bone] = joints[parent] + rotations[parent] @ reach
    return Posed(skeleton, rotations, joints)
