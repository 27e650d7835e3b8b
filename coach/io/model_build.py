"""Make a pose model file from the npm package: check the sources, assemble, check the result."""

from __future__ import annotations

import hashlib
from pathlib import Path

from coach.errors import ModelError
from coach.io.atomic_write import write_atomically
from coach.io.model_bundle import assemble
from coach.io.model_files import (
    MODELS_DIR,
    PACKAGE_DIR,
    Manifest,
    Model,
    PinnedFile,
    model_state,
    pinned_state,
)


def build_model(
    manifest: Manifest,
    model: Model,
    package: Path = PACKAGE_DIR,
    directory: Path = MODELS_DIR,
) -> bool:
    """Make `model` in `directory` unless it is there already; True if it was made.

    Raises:
        ModelError: a source file is missing or is not the pinned one, the result is not the bytes
            the manifest promises, or the folder cannot be written. Nothing is replaced then.
    """
    if model_state(model, directory) == "ok":
        return False
    content = assemble(
        _source(package, manifest.source.detector), _source(package, model.landmarks)
    )
    digest = hashlib.sha256(content).hexdigest()
    if digest != model.sha256:
        raise ModelError(
            f"{model.file} came out with sha256 {digest}, the manifest expects {model.sha256}: "
            "install the locked versions with `make setup` and build again."
        )
    try:
        write_atomically(directory / model.file, content)
    except OSError as error:
        raise ModelError(
            f"{directory / model.file} cannot be written: {error.strerror}."
        ) from error
    return True


def _source(package: Path, pinned: PinnedFile) -> bytes:
    """The bytes of a source file, checked against its pin."""
    path = package / pinned.file
    state = pinned_state(path, pinned.bytes, pinned.sha256)
    if state != "ok":
        raise ModelError(f"{path} is {state}; run `make node` to install the npm packages again.")
    return path.read_bytes()
