"""Dress the body: T-shirt, trousers, shoes, hair and a painted face."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .body import Body
from .mesh import Colour, Floats, Ints, Mesh, clipped, compact, inflated, keep, painted, smoothed

SKIN: Colour = (0.86, 0.65, 0.53)
LIPS: Colour = (0.68, 0.40, 0.35)
HAIR: Colour = (0.24, 0.16, 0.11)
SHIRT: Colour = (0.20, 0.50, 0.55)
TROUSERS: Colour = (0.20, 0.24, 0.33)
SHOES: Colour = (0.78, 0.42, 0.33)
SOLES: Colour = (0.95, 0.94, 0.92)
IRIS: Colour = (0.25, 0.17, 0.10)
SOLE_M = 0.030
CROPPED_M = 0.075  # trousers end above the ankle: pose models look for the joint
# (metres behind the eyes, metres above them): forehead, temple, sideburn, nape
HAIRLINE = (
    (-0.02, 0.066),
    (0.02, 0.052),
    (0.040, 0.036),
    (0.050, -0.012),
    (0.075, -0.03),
    (0.13, -0.07),
)
SLEEVE = 0.72  # of the way from shoulder to elbow


def dressed(body: Body) -> list[Mesh]:
    """All painted meshes, in no particular order."""
    return [_skin(body), _eyes(body), _hair(body), _shirt(body), _trousers(body), *_shoes(body)]


def floor_z(body: Body) -> float:
    """Height of the ground under the soles, metres."""
    return float(body.tights.rest[np.unique(body.tights.faces), 2].min()) - 0.012


def _along_arm(body: Body, mesh: Mesh) -> Floats:
    """(n,) 0 at the shoulder, 1 at the elbow and more beyond; -1 off the arms."""
    along = np.full(len(mesh.rest), -1.0)
    for side, half in (("L", mesh.rest[:, 0] > 0), ("R", mesh.rest[:, 0] <= 0)):
        shoulder = body.skeleton.head(f"upperarm01.{side}")
        bone = body.skeleton.head(f"lowerarm01.{side}") - shoulder
        arm = (
            body.share(
                mesh,
                f"upperarm01.{side}",
                f"upperarm02.{side}",
                "lowerarm",
                "wrist",
                "finger",
                "metacarpal",
            )
            > 0.5
        )
        chosen = half & arm
        along[chosen] = (mesh.rest[chosen] - shoulder) @ bone / (bone @ bone)
    return along


def _shirt(body: Body) -> Mesh:
    skeleton, cloth = body.skeleton, smoothed(compact(body.tights), 6)
    hem = skeleton.head("upperleg01.L")[2] - 0.03
    fall = np.clip((hem + 0.22 - cloth.rest[:, 2]) / 0.22, 0, 1)
    sleeve = np.clip(_along_arm(body, cloth), 0, 1)
    cloth = inflated(cloth, 0.014 + 0.014 * fall + 0.012 * sleeve)
    cloth = clipped(cloth, SLEEVE - _along_arm(body, cloth))
    cloth = clipped(cloth, cloth.rest[:, 2] - hem)
    neck = skeleton.head("neck01")
    collar = neck[2] - cloth.rest[:, 2] + 0.6 * (cloth.rest[:, 1] - neck[1]) + 0.015
    return painted(_hanging(body, clipped(cloth, collar)), SHIRT)


def _hanging(body: Body, cloth: Mesh) -> Mesh:
    """Half of what the thighs would pull of the shirt is left to the pelvis."""
    legs = ["upperleg" in name for name in body.skeleton.names]
    weights = cloth.weights.copy()
    weights[:, legs] /= 2
    weights[:, 0] += 1 - weights.sum(axis=1)
    return replace(cloth, weights=weights)


def _trousers(body: Body) -> Mesh:
    skeleton, cloth = body.skeleton, smoothed(compact(body.tights), 4)
    hip, ankle = skeleton.head("upperleg01.L")[2], skeleton.head("foot.L")[2]
    low = np.clip((hip - 0.2 - cloth.rest[:, 2]) / (hip - ankle), 0, 1)
    cloth = inflated(cloth, 0.010 + 0.006 * low)
    cloth = clipped(cloth, hip + 0.06 - cloth.rest[:, 2])
    return painted(clipped(cloth, cloth.rest[:, 2] - ankle - CROPPED_M), TROUSERS)


def _shoes(body: Body) -> list[Mesh]:
    ground = floor_z(body)
    shoe = inflated(smoothed(compact(body.tights), 2), 0.010)
    rest = shoe.rest.copy()
    rest[rest[:, 2] < ground + 0.014, 2] = ground
    shoe = replace(shoe, rest=rest)
    shoe = clipped(shoe, body.skeleton.head("foot.L")[2] + 0.005 - shoe.rest[:, 2])
    edge = shoe.rest[:, 2] - ground - SOLE_M
    sole = inflated(clipped(shoe, -edge), 0.003)
    return [painted(clipped(shoe, edge), SHOES), painted(sole, SOLES)]


def _skin(body: Body) -> Mesh:
    """What the clothes leave bare, with lips and eyebrows."""
    skin = painted(body.skin, SKIN)
    colours = _mixed(skin.colours, LIPS, np.clip(body.lips, 0, 1) * 0.8)
    colours = _mixed(colours, HAIR, _brows(body) * 0.7)
    bare = (_along_arm(body, skin) > 0.5) | (body.share(skin, "neck", "head", "eye") > 0.1)
    collar = body.skeleton.head("neck01")[2] - 0.09
    bare |= (skin.rest[:, 2] > collar) & (np.abs(skin.rest[:, 0]) < 0.11)
    shin = skin.rest[:, 2] < body.skeleton.head("foot.L")[2] + CROPPED_M + 0.03
    shoe = skin.rest[:, 2] < body.skeleton.head("foot.L")[2] - 0.02
    return keep(replace(skin, colours=colours), bare | (shin & ~shoe))


def _brows(body: Body) -> Floats:
    """(n,) 0..1: a soft arc above each eye."""
    strength = np.zeros(len(body.skin.rest))
    for side in ("L", "R"):
        eye = body.skeleton.head(f"eye.{side}")
        out = np.abs(body.skin.rest[:, 0]) - abs(eye[0])
        up = body.skin.rest[:, 2] - eye[2] - 0.021 + 6.0 * out**2
        near = (out > -0.015) & (out < 0.024) & (body.skin.rest[:, 1] < eye[1] + 0.02)
        same = np.sign(body.skin.rest[:, 0]) == np.sign(eye[0])
        strength = np.maximum(strength, near * same * np.exp(-((up / 0.0045) ** 2)))
    return strength


def _hair(body: Body) -> Mesh:
    """Short hair: the scalp pushed outwards, thinning towards the hairline and the ears."""
    above = np.minimum(_above_hairline(body), 0.03 - 0.2 * body.ears)
    scalp = keep(body.skin, above > -0.04)
    above = above[_kept(body.skin, above > -0.04)]
    depth = np.clip(above + 0.004, 0, 0.03) / 0.03
    grown = smoothed(inflated(scalp, 0.003 + 0.015 * np.sqrt(depth)), 3)
    return painted(clipped(grown, above), HAIR)


def _kept(mesh: Mesh, mask: NDArray[np.bool_]) -> Ints:
    """Indices of the vertices that `keep` leaves, in its order."""
    return np.unique(mesh.faces[mask[mesh.faces].all(axis=1)])


def _above_hairline(body: Body) -> Floats:
    """(n,) metres above the hairline, negative on face, neck and everything else."""
    eye = body.skeleton.head("eye.L")
    back, up = (body.skin.rest[:, axis] - eye[axis] for axis in (1, 2))
    hairline = np.interp(back, *np.array(HAIRLINE).T)
    on_head = body.share(body.skin, "head", "neck") > 0.5
    return np.where(on_head, up - hairline, -1.0)


def _eyes(body: Body) -> Mesh:
    """White eyeballs with a brown iris round the foremost point."""
    eyes = compact(body.eyes)
    colours = np.tile(np.array([0.84, 0.82, 0.80]), (len(eyes.rest), 1))
    for half in (eyes.rest[:, 0] > 0, eyes.rest[:, 0] <= 0):
        centre = eyes.rest[half].mean(axis=0)
        off = np.linalg.norm((eyes.rest - centre)[:, [0, 2]], axis=1)
        colours[half & (off < 0.0075) & (eyes.rest[:, 1] < centre[1])] = IRIS
    return replace(eyes, colours=colours)


def _mixed(colours: Floats, colour: Colour, share: Floats) -> Floats:
    """(n, 3) colours moved towards one colour by (n,) share 0..1."""
    return colours * (1 - share[:, None]) + np.array(colour) * share[:, None]
