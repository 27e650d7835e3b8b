"""A small clinic for the live session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.webapp.live.clinic import Clinic, seed
from webapp.store.engine import Database


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Made once; copy it, do not change it."""
    return seed(tmp_path_factory.mktemp("live"))


@pytest.fixture
def clinic(seeded: Clinic, tmp_path: Path) -> Clinic:
    """A clinic of the test's own."""
    shutil.copy(seeded.settings.data_dir / "coach.db", tmp_path / "coach.db")
    return replace(seeded, settings=seeded.settings.model_copy(update={"data_dir": tmp_path}))


@pytest.fixture
def database(clinic: Clinic) -> Iterator[Database]:
    """Its database."""
    found = Database(clinic.settings.database)
    yield found
    found.close()
