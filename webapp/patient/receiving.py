"""Take a large file from a form: streamed to its place as it comes, never held in memory, gone if anything is wrong."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import IO, Any, Final

from flask import Request
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.formparser import FormDataParser
from wtforms import ValidationError

#: The fields beside the file, and what a browser puts around them.
FORM_BYTES: Final = 64 * 1024
MOST_PARTS: Final = 10
#: What is held in memory while it is taken apart: several of the pieces in which it is read.
HELD_BYTES: Final = 512 * 1024


class Receiver:
    """Takes one form. Use as a context manager: what was not kept is deleted at the end.

    Attributes: `form` are the fields; `file` is where the file of the field `video` lies, None when there is none, or
    an empty one.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder, self._limit = folder, limit_bytes
        self._opened: list[IO[bytes]] = []
        self._kept: Path | None = None
        self.form: dict[str, str] = {}
        self.file: Path | None = None

    def take(self, request: Request) -> None:
        """Read the whole form. Raises RequestEntityTooLarge, and CSRFError when it is no form of ours."""
        self._folder.mkdir(parents=True, exist_ok=True)
        request.max_content_length = self._limit + FORM_BYTES
        parser = FormDataParser(
            stream_factory=self._open, max_form_memory_size=HELD_BYTES, max_form_parts=MOST_PARTS
        )
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
        for file in self._opened:
            file.close()
        self.form = form.to_dict()
        try:
            validate_csrf(self.form.get("csrf_token"))
        except ValidationError as error:
            raise CSRFError(str(error)) from None
        found = files.get("video")
        place = None if found is None else Path(str(found.stream.name))
        self.file = place if place is not None and place.stat().st_size else None

    def keep(self) -> None:
        """The file is wanted: it stays when all else goes."""
        self._kept = self.file

    def _open(self, *_told: Any, **_more: Any) -> IO[bytes]:
        """A new file with a name that nobody can guess; what the sender calls it is never used."""
        place = self._folder / f"{secrets.token_hex(16)}.video"
        place.touch(mode=0o600)
        self._opened.append(place.open("r+b"))
        return self._opened[-1]

    def __enter__(self) -> Receiver:
        return self

    def __exit__(self, *_error: object) -> None:
        for file in self._opened:
            file.close()
            if Path(file.name) != self._kept:
                Path(file.name).unlink(missing_ok=True)
