"""What is promised, held against labelled data where they are at hand: COACH_LABELLED_DATA names their folder.

Counting all clips takes ten minutes and is `coach evaluate`'s; here stand the promises that must never be broken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.commands.evaluating import angles, form
from coach.commands.evaluating.clips import ClipCounter, count_all
from coach.commands.evaluating.counts import read_manifest
from coach.commands.evaluating.data import Data, find
from coach.commands.request import Request
from poses import catalogue
from tests.coach.commands.conftest import CATALOGUE

FOLDER = os.environ.get("COACH_LABELLED_DATA", "")

pytestmark = [
    pytest.mark.data,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not FOLDER, reason="COACH_LABELLED_DATA names no folder of labelled data"),
]


@pytest.fixture(scope="module")
def data() -> Data:
    """What lies in the folder."""
    return find(Path(FOLDER))


@pytest.fixture(scope="module")
def counter() -> Iterator[ClipCounter]:
    """The pose model *full*, started once."""
    with ClipCounter(CATALOGUE, "full") as made:
        yield made


def test_nothing_is_counted_where_there_is_nothing(data: Data, counter: ClipCounter) -> None:
    for manifest in data.manifests:
        empty = [label for label in read_manifest(manifest) if not label.reps]
        outcomes = count_all(empty, manifest.parent, counter, jobs=1)
        assert [one.label.file for one in outcomes if one.counted or one.error] == []


def test_angles_are_as_good_as_their_band_says(data: Data, counter: ClipCounter) -> None:
    scores = []
    for truth in data.truths:
        name, clips = angles.motions(truth)
        exercise, request = catalogue.load(name), Request(name, CATALOGUE)
        for clip in clips:
            frames = counter.frames(clip, request)
            scores += list(angles.score_clip(clip, truth, exercise, frames))
    in_plane, everything = (
        angles.total([one for one in scores if one.in_plane]),
        angles.total(scores),
    )
    assert in_plane.mae_deg is not None
    assert everything.mae_deg is not None
    assert everything.within is not None
    assert in_plane.mae_deg <= 5.0
    assert everything.mae_deg <= 8.0
    assert everything.within >= 0.8


def test_correct_repetitions_score_above_incorrect_ones(data: Data) -> None:
    areas = [form.score(path).auc for path in data.movements]
    assert sum(areas) / len(areas) >= 0.9
