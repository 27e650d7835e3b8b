"""One demo clinic for all tests of the web app: made once, copied for each test that needs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.builders import Browser, settings_for
from tests.webapp.serving import Server
from webapp import create_app
from webapp.commands import demo
from webapp.commands.database import bring_up_to_date
from webapp.extensions import database
from webapp.store.engine import Database


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo clinic in it; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("demo")
    settings = settings_for(folder, demo=True)
    bring_up_to_date(settings)
    demo.make_if_missing(settings)
    return folder


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tables and nobody in them; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("empty")
    bring_up_to_date(settings_for(folder))
    return folder


@pytest.fixture
def store(empty_folder: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database, up to date."""
    shutil.copy(empty_folder / "coach.db", tmp_path / "coach.db")
    found = Database(settings_for(tmp_path).database)
    yield found
    found.close()


@pytest.fixture
def app(demo_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app in demo mode on a copy of the demo clinic."""
    shutil.copy(demo_folder / "coach.db", tmp_path / "coach.db")
    made = create_app(settings_for(tmp_path, demo=True))
    yield made
    made.extensions["coach_live"].shut_down()
    database(made).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody in particular."""
    return app.test_client()


@pytest.fixture
def patient(app: Flask) -> Browser:
    """The demo patient, logged in."""
    return Browser(app).demo("patient")


@pytest.fixture
def therapist(app: Flask) -> Browser:
    """The demo therapist, logged in."""
    return Browser(app).demo("therapist")


@pytest.fixture
def clinic(app: Flask) -> Browser:
    """The demo clinic's manager, logged in."""
    return Browser(app).demo("clinic")


@pytest.fixture
def server(demo_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A running server on a copy of the demo clinic."""
    shutil.copy(demo_folder / "coach.db", tmp_path / "coach.db")
    running = Server(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()
