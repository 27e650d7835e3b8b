"""One demo clinic for all tests of the web app: made once, copied for each test that needs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Playwright

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


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """Debian's Chromium, without a window."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    browser = playwright.chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-gpu"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def shared_server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running server for tests whose changes do not matter to each other."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(demo_folder, folder, dirs_exist_ok=True)
    running = Server(folder)
    yield running
    running.process.kill()
    running.process.wait()
