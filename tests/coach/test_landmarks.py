"""The 33 landmarks: names, mirror table, skeleton."""

from __future__ import annotations

import pytest

from coach.landmarks import COUNT, MIRROR, SKELETON, Landmark, of, pair


def test_there_are_33_in_the_models_order() -> None:
    assert [int(landmark) for landmark in Landmark] == list(range(COUNT))
    assert (Landmark.NOSE, Landmark.LEFT_SHOULDER, Landmark.RIGHT_FOOT_INDEX) == (0, 11, 32)


def test_mirroring_twice_changes_nothing_and_only_the_nose_stays() -> None:
    assert [MIRROR[i] for i in MIRROR] == list(range(COUNT))
    assert [i for i in range(COUNT) if MIRROR[i] == i] == [Landmark.NOSE]
    assert MIRROR[Landmark.MOUTH_LEFT] == Landmark.MOUTH_RIGHT


def test_the_skeleton_is_symmetric() -> None:
    edges = {frozenset(edge) for edge in SKELETON}
    assert {frozenset(MIRROR[i] for i in edge) for edge in edges} == edges
    assert len(edges) == len(SKELETON) == 18


def test_names() -> None:
    assert of("left", "knee") is Landmark.LEFT_KNEE
    assert pair("foot_index") == (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX)
    with pytest.raises(KeyError):
        of("left", "elbo")
