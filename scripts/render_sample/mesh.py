"""A skinned triangle mesh and the few operations that turn a body helper mesh into clothes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Mesh:
    """Triangles with what is needed to pose and to paint them.

    Attributes:
        rest: (n, 3) metres in the rest pose; x to the body's left, y backwards, z up.
        weights: (n, bones) skinning weights, each row sums to 1.
        faces: (m, 3) vertex indices.
        colours: (n, 3) red, green, blue, 0..1.
    """

    rest: Floats
    weights: Floats
    faces: Ints
    colours: Floats


def triangles(quads: Ints) -> Ints:
    """Split (m, 4) quads into (2m, 3) triangles; rows of three stay as they are."""
    if quads.shape[1] == 3:
        return quads
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def compact(mesh: Mesh) -> Mesh:
    """Drop vertices that no face uses."""
    used, faces = np.unique(mesh.faces, return_inverse=True)
    return Mesh(
        mesh.rest[used],
        mesh.weights[used],
        faces.reshape(mesh.faces.shape).astype(np.int64),
        mesh.colours[used],
    )


def keep(mesh: Mesh, mask: NDArray[np.bool_]) -> Mesh:
    """Keep the faces all of whose vertices are in the (n,) mask."""
    return compact(replace(mesh, faces=mesh.faces[mask[mesh.faces].all(axis=1)]))


def painted(mesh: Mesh, colour: Colour) -> Mesh:
    """The mesh in one colour."""
    return replace(mesh, colours=np.tile(np.array(colour), (len(mesh.rest), 1)))


def normals(points: Floats, faces: Ints) -> Floats:
    """(n, 3) unit normals, each the area-weighted mean of the faces around a vertex."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    area = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for k in range(3):
        np.add.at(total, faces[:, k], area)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-12))


def inflated(mesh: Mesh, offset_m: Floats | float) -> Mesh:
    """Push every vertex outwards by offset_m, one number or (n,)."""
    step = np.broadcast_to(np.asarray(offset_m, dtype=float), len(mesh.rest))
    return replace(mesh, rest=mesh.rest + normals(mesh.rest, mesh.faces) * step[:, None])


def smoothed(mesh: Mesh, rounds: int, strength: float = 0.5) -> Mesh:
    """Laplacian smoothing of the rest shape: skin becomes cloth."""
    edges = np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]])
    both = np.concatenate([edges, edges[:, ::-1]])
    count = np.bincount(both[:, 0], minlength=len(mesh.rest))[:, None]
    rest = mesh.rest
    for _ in range(rounds):
        total = np.zeros_like(rest)
        np.add.at(total, both[:, 0], rest[both[:, 1]])
        rest = rest + strength * (total / np.maximum(count, 1) - rest)
    return replace(mesh, rest=rest)


def clipped(mesh: Mesh, inside: Floats) -> Mesh:
    """Cut the mesh along inside == 0 and keep what is positive; inside has shape (n,)."""
    cutter = _Cutter(mesh, inside)
    faces = [piece for face in mesh.faces for piece in cutter.pieces(face)]
    return compact(cutter.grown(np.array(faces, dtype=np.int64).reshape(-1, 3)))


class _Cutter:
    """Cuts faces one by one and shares the new vertex between the two faces of an edge."""

    def __init__(self, mesh: Mesh, inside: Floats) -> None:
        self._mesh = mesh
        self._inside = inside
        self._edges: dict[tuple[int, int], int] = {}

    def pieces(self, face: Ints) -> list[list[int]]:
        """The kept part of one triangle as a fan of triangles."""
        corners: list[int] = []
        for here, there in zip(face, np.roll(face, -1), strict=True):
            if self._inside[here] >= 0:
                corners.append(int(here))
            if (self._inside[here] >= 0) != (self._inside[there] >= 0):
                corners.append(self._vertex(int(here), int(there)))
        return [[corners[0], corners[k], corners[k + 1]] for k in range(1, len(corners) - 1)]

    def _vertex(self, one: int, two: int) -> int:
        edge = (min(one, two), max(one, two))
        return self._edges.setdefault(edge, len(self._mesh.rest) + len(self._edges))

    def grown(self, faces: Ints) -> Mesh:
        """The mesh with the cut vertices appended."""
        if not self._edges:
            return replace(self._mesh, faces=faces)
        ends = np.array(list(self._edges))
        a, b = self._inside[ends[:, 0]], self._inside[ends[:, 1]]
        share = (a / (a - b))[:, None]

        def grow(values: Floats) -> Floats:
            new = values[ends[:, 0]] * (1 - share) + values[ends[:, 1]] * share
            return np.concatenate([values, new])

        mesh = self._mesh
        return Mesh(grow(mesh.rest), grow(mesh.weights), faces, grow(mesh.colours))
