"""Static files under a path that changes with their content: `/static/<version>/js/live_page.js`.

Modules and workers import each other by relative paths, which stay under the same version, so every file may be
cached for ever and a page never mixes two versions.
"""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.security import safe_join

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".task": "application/octet-stream",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

blueprint = Blueprint("assets", __name__)


@cache  # files do not change under a running app; whoever edits them restarts it
def content_version(folder: Path = FOLDER) -> str:
    """Twelve hex digits that change with any file's name or content."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        with file.open(
            "rb"
        ) as content:  # in pieces: some files are larger than the whole process should be
            digest.update(hashlib.file_digest(content, hashlib.blake2b).digest())
    return digest.hexdigest()


def set_up(app: Flask) -> None:
    """Serve the files, and give templates `asset_url('css/base.css')`."""
    version = content_version()
    app.extensions["coach_assets"] = version
    app.register_blueprint(blueprint)

    @app.template_global()
    def asset_url(filename: str) -> str:
        return url_for("assets.file", version=version, filename=filename)


@blueprint.get("/static/<version>/<path:filename>")
def file(version: str, filename: str) -> Response:
    """One static file, compressed beforehand where there is such a twin and the browser takes it."""
    encoding, suffix = _twin(filename)
    response = send_from_directory(
        FOLDER, filename + suffix, mimetype=_media_type(filename), conditional=True
    )
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    # someone at work on the files wants the newest at each reload; an old address must not freeze new content
    lasting = not current_app.debug and version == current_app.extensions["coach_assets"]
    response.headers["Cache-Control"] = FOR_EVER if lasting else "no-cache"
    return response


def _twin(filename: str) -> tuple[str | None, str]:
    """The encoding and the ending of the best compressed twin of a file that the browser takes."""
    plain = safe_join(str(FOLDER), filename)
    if plain is None:
        abort(404)
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings[encoding] > 0 and Path(plain + suffix).is_file():
            return encoding, suffix
    return None, ""


def _media_type(filename: str) -> str:
    """The media type of the file itself, whatever it is packed in; modules and wasm are refused without theirs."""
    known = MEDIA_TYPES.get(Path(filename).suffix)
    return known or mimetypes.guess_type(filename)[0] or "application/octet-stream"
