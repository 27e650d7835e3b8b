"""What makes the app installable, and what a page brings along."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.builders import Browser
from webapp.languages import LANGUAGES
from webapp.modules import brought_along


def test_the_manifest_says_what_a_system_needs_to_install(client: FlaskClient) -> None:
    answer = client.get("/manifest.webmanifest")
    said = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert (said["start_url"], said["scope"], said["display"]) == ("/today", "/", "standalone")
    assert said["name"] == "Form coach"
    for icon in said["icons"]:
        with client.get(icon["src"]) as picture:
            width, height = struct.unpack(">II", picture.data[16:24])  # the head of a PNG
        assert icon["sizes"] == f"{width}x{height}"
        assert "maskable" in icon["purpose"]


def test_every_page_names_the_manifest_and_the_worker(client: FlaskClient) -> None:
    page = client.get("/login").text
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert 'data-worker="/sw.js"' in page


def test_who_works_on_the_files_gets_no_worker(app: Flask) -> None:
    app.debug = True
    assert 'data-worker=""' in app.test_client().get("/login").text


def test_the_worker_may_serve_the_whole_site_and_keeps_files_that_are_there(
    client: FlaskClient,
) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    shell = json.loads(answer.text.splitlines()[0].removeprefix("self.shell = ").removesuffix(";"))
    assert any(name.endswith("vendor/idb.js") for name in shell["files"])
    for address in [*shell["files"], shell["offline"]]:
        with client.get(address) as file:
            assert file.status_code == 200, address
        assert address.startswith((shell["assets"], "/offline/")), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offline_page_speaks_each_language_and_names_nobody(
    patient: Browser, language: str
) -> None:
    answer = patient.get(f"/offline/{language}")
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert "Ada" not in answer.text
    assert "csrf" not in answer.text


def test_an_offline_page_in_no_language_of_ours_is_not_there(client: FlaskClient) -> None:
    assert client.get("/offline/xx").status_code == 404


def test_what_a_script_brings_along_is_followed_to_the_end(tmp_path: Path) -> None:
    for name, text in {
        "js/page.js": 'import { a } from "./a.js";\nnew Worker(new URL("./worker.js", import.meta.url));',
        "js/a.js": 'import "../vendor/big.mjs";\nexport * from "./page.js";',
        "js/worker.js": "",
        "vendor/big.mjs": 'import "./not_ours.js";',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = brought_along("js/page.js", tmp_path)
    assert set(found) == {"js/page.js", "js/a.js", "js/worker.js", "vendor/big.mjs"}
