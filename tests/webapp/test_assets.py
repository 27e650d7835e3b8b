"""Static files: an address that changes with the content, the right media types, compressed twins."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp import assets


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A static folder of our own."""
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.js", "text/javascript"), ("a.mjs", "text/javascript"), ("a.wasm", "application/wasm"), ("a.css", "text/css"),
     ("a.task", "application/octet-stream"), ("a.svg", "image/svg+xml"), ("a.mp4", "video/mp4")],
)  # fmt: skip
def test_browsers_get_the_types_that_they_insist_on(
    client: FlaskClient, folder: Path, name: str, media_type: str
) -> None:
    (folder / name).write_bytes(b"content")
    with client.get(f"/static/x/{name}") as answer:
        assert answer.mimetype == media_type


def test_a_compressed_twin_is_sent_to_who_takes_it(client: FlaskClient, folder: Path) -> None:
    (folder / "a.wasm").write_bytes(b"plain")
    (folder / "a.wasm.br").write_bytes(b"br")
    (folder / "a.wasm.gz").write_bytes(b"gz")
    for accept, body, encoding in (
        ("gzip, br", b"br", "br"),
        ("gzip", b"gz", "gzip"),
        ("", b"plain", None),
        ("br;q=0", b"plain", None),
    ):
        with client.get("/static/x/a.wasm", headers={"Accept-Encoding": accept}) as answer:
            assert (answer.data, answer.headers.get("Content-Encoding")) == (body, encoding)
            assert answer.mimetype == "application/wasm"
            assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["../settings.py", "..%2fsettings.py", "/etc/passwd", "none.js"])
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/x/{path}", follow_redirects=True).status_code == 404


def test_the_version_follows_names_and_content(tmp_path: Path) -> None:
    version = assets.content_version.__wrapped__
    seen = {version(tmp_path)}
    for name, content in (("a.js", b"1"), ("a.js", b"2"), ("b.js", b"")):
        (tmp_path / name).write_bytes(content)
        seen.add(version(tmp_path))
    assert len(seen) == 4
