"""The pose models: what is missing or damaged is said, with the remedy; nothing half is ever left."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import flatbuffers
import pytest
from typer.testing import CliRunner

from coach.commands import models as models_command
from coach.errors import ModelError
from coach.io import model_bundle
from coach.io.atomic_write import write_atomically
from coach.io.model_build import build_model
from coach.io.model_bundle import DETECTOR_NAME, LANDMARKS_NAME, assemble, with_normalization
from coach.io.model_files import (
    MODELS_DIR,
    PACKAGE_DIR,
    Manifest,
    Model,
    PinnedFile,
    Source,
    load_manifest,
    model_path,
    model_state,
)
from coach.io.offline import CLOSED_PROXY, block_outgoing_proxy

MANIFEST = """
schema = 1
[source]
package = "p"
version = "1"
licence = "Apache-2.0"
authors = "a"
[source.detector]
file = "detector"
bytes = 4
sha256 = "{detector}"
[[models]]
name = "lite"
file = "lite.task"
bytes = 7
sha256 = "{lite}"
required = true
[models.landmarks]
file = "landmarks"
bytes = 4
sha256 = "{landmarks}"
"""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models folder whose manifest promises a `lite.task` with the bytes `content`."""
    text = MANIFEST.format(
        detector=sha256(b"dddd"), lite=sha256(b"content"), landmarks=sha256(b"l")
    )
    (tmp_path / "manifest.toml").write_text(text)
    return tmp_path


def tiny_model(weights: bytes = b"0123456789") -> bytes:
    """The smallest TFLite file: version 3, an empty buffer and one of weights, no graph."""
    schema = model_bundle.schema_module("schema_py_generated")
    tree = schema.ModelT(version=3, description="tiny")
    empty, full = schema.BufferT(), schema.BufferT(list(weights))
    tree.buffers = [empty, full]
    builder = flatbuffers.Builder(0)
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def buffers_of(model: bytes) -> list[bytes]:
    """The contents of all buffers of a TFLite file."""
    schema = model_bundle.schema_module("schema_py_generated")
    tree = schema.ModelT.InitFromPackedBuf(model)
    return [b"" if buffer.data is None else bytes(buffer.data) for buffer in tree.buffers]


# Checking


def test_a_whole_model_is_given(models: Path) -> None:
    (models / "lite.task").write_bytes(b"content")
    assert model_path("lite", models) == models / "lite.task"


@pytest.mark.parametrize(
    ("content", "state"),
    [(None, "missing"), (b"short", "damaged"), (b"c0ntent", "damaged"), (b"", "damaged")],
)
def test_a_bad_model_is_named_with_its_remedy(
    models: Path, content: bytes | None, state: str
) -> None:
    if content is not None:
        (models / "lite.task").write_bytes(content)
    with pytest.raises(ModelError, match=rf"lite\.task is {state}; run `coach models build`"):
        model_path("lite", models)


def test_damage_after_the_first_check_is_seen(models: Path) -> None:
    path = models / "lite.task"
    path.write_bytes(b"content")
    model_path("lite", models)
    path.write_bytes(b"c0ntent")
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelError, match="damaged"):
        model_path("lite", models)


def test_a_variant_that_the_manifest_lacks_is_refused(models: Path) -> None:
    with pytest.raises(ModelError, match="lists no pose model 'heavy'"):
        model_path("heavy", models)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("schema = 1", "schema = 2", r"\$\.schema"),
        ("bytes = 7", 'bytes = "7"', r"Expected `int`.*\$\.models\[\.*0?\.*\]\.bytes"),
        ("required = true", "requierd = true", "unknown field `requierd`|missing required field"),
        ("[source]", "[source", "cannot be read"),
    ],
)
def test_a_broken_manifest_says_where(models: Path, old: str, new: str, complaint: str) -> None:
    path = models / "manifest.toml"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ModelError, match=complaint):
        load_manifest(path)


def test_a_lost_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"manifest\.toml is missing"):
        load_manifest(tmp_path / "manifest.toml")


# Writing


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lite.task"
    path.write_bytes(b"old")

    def power_cut(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_replaces_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "lite.task"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


# Assembling


def test_metadata_are_added_and_weights_kept() -> None:
    before = tiny_model()
    after = with_normalization(before, mean=127.5, std=127.5)
    assert buffers_of(after)[:2] == buffers_of(before)
    metadata = model_bundle.schema_module("metadata_schema_py_generated")
    packed = buffers_of(after)[2]
    assert packed[4:8] == b"M001"
    graph = metadata.ModelMetadataT.InitFromPackedBuf(packed).subgraphMetadata[0]
    options = graph.inputTensorMetadata[0].processUnits[0].options
    assert (list(options.mean), list(options.std)) == ([127.5], [127.5])


@pytest.mark.parametrize("length", [0, 1, 9, 16, 100])
def test_weights_lie_at_multiples_of_sixteen(length: int) -> None:
    weights = b"weights" + b"w" * length
    bundle = assemble(tiny_model(), tiny_model(weights))
    assert bundle.count(weights) == 1
    assert bundle.index(weights) % 16 == 0


def test_a_bundle_is_a_stored_zip_without_a_date() -> None:
    bundle = assemble(tiny_model(), tiny_model(b"other"))
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        members = opened.infolist()
        assert opened.testzip() is None
    assert [member.filename for member in members] == [DETECTOR_NAME, LANDMARKS_NAME]
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert bundle == assemble(tiny_model(), tiny_model(b"other"))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"<html>not found</html>"])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="expected a TFLite model"):
        with_normalization(content, 0.0, 255.0)


def plan(directory: Path, **wrong: str) -> tuple[Manifest, Model]:
    """A package of two tiny models in `directory` and the manifest of their bundle."""
    detector, landmarks = tiny_model(b"detector"), tiny_model(b"landmarks")
    bundle = assemble(detector, landmarks)
    for name, content in {"d.tflite": detector, "l.tflite": landmarks}.items():
        (directory / name).write_bytes(content)
    model = Model(
        name="lite",
        file="lite.task",
        bytes=len(bundle),
        sha256=wrong.get("bundle", sha256(bundle)),
        required=True,
        landmarks=PinnedFile(file="l.tflite", bytes=len(landmarks), sha256=sha256(landmarks)),
    )
    pinned = PinnedFile(
        file="d.tflite", bytes=len(detector), sha256=wrong.get("detector", sha256(detector))
    )
    source = Source(package="p", version="1", licence="Apache-2.0", authors="a", detector=pinned)
    return Manifest(schema=1, source=source, models=(model,)), model


def test_a_model_is_built_once(tmp_path: Path) -> None:
    manifest, model = plan(tmp_path)
    assert build_model(manifest, model, tmp_path, tmp_path)
    assert model_state(model, tmp_path) == "ok"
    assert not build_model(manifest, model, tmp_path, tmp_path)


def test_a_damaged_model_is_built_again(tmp_path: Path) -> None:
    manifest, model = plan(tmp_path)
    (tmp_path / model.file).write_bytes(b"half")
    assert build_model(manifest, model, tmp_path, tmp_path)
    assert model_state(model, tmp_path) == "ok"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"detector": "0" * 64}, r"d\.tflite is damaged; run `make node`"),
        ({"bundle": "0" * 64}, "came out with sha256"),
    ],
)
def test_nothing_unpinned_is_written(tmp_path: Path, wrong: dict[str, str], complaint: str) -> None:
    manifest, model = plan(tmp_path, **wrong)
    with pytest.raises(ModelError, match=complaint):
        build_model(manifest, model, tmp_path, tmp_path)
    assert not (tmp_path / model.file).exists()


# The command


def test_verify_names_what_is_bad(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def here(model: Model) -> str:
        return model_state(model, models)

    manifest = load_manifest(models / "manifest.toml")
    monkeypatch.setattr(models_command, "load_manifest", lambda: manifest)
    monkeypatch.setattr(models_command, "model_state", here)
    result = CliRunner().invoke(models_command.app, ["verify"])
    assert result.exit_code == 1
    assert result.output == "lite: missing; run `coach models build`\n"

    (models / "lite.task").write_bytes(b"content")
    result = CliRunner().invoke(models_command.app, ["verify"])
    assert (result.exit_code, result.output) == (0, "lite: ok (0.0 MB)\n")


# The guard


def test_the_guard_closes_every_proxy() -> None:
    env = {"no_proxy": "*", "NO_PROXY": "*", "https_proxy": "http://proxy:3128", "HOME": "/"}
    block_outgoing_proxy(env)
    assert env.pop("HOME") == "/"
    assert set(env.values()) == {CLOSED_PROXY}
    assert {"https_proxy", "HTTPS_PROXY", "http_proxy"} <= set(env)


# The real thing


@pytest.mark.skipif(not PACKAGE_DIR.is_dir(), reason="needs the npm packages: make node")
def test_the_real_package_gives_the_promised_bytes(tmp_path: Path) -> None:
    manifest = load_manifest()
    for model in manifest.models:
        assert build_model(manifest, model, PACKAGE_DIR, tmp_path)
        assert model_state(model, tmp_path) == "ok"


OPEN_IN_MEDIAPIPE = """
import os, sys
from coach.io.offline import block_outgoing_proxy
block_outgoing_proxy(os.environ)
from mediapipe import Image, ImageFormat
from mediapipe.tasks.python import BaseOptions, vision
import numpy as np
for path in sys.argv[1:]:
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=path), running_mode=vision.RunningMode.VIDEO)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        grey = Image(image_format=ImageFormat.SRGB, data=np.full((240, 320, 3), 127, np.uint8))
        print(len(landmarker.detect_for_video(grey, 0).pose_landmarks))
"""


@pytest.mark.skipif(
    not (MODELS_DIR / "pose_landmarker_full.task").exists(), reason="needs the models: make models"
)
def test_mediapipe_opens_the_real_bundles() -> None:
    paths = [str(model_path("lite")), str(model_path("full"))]
    done = subprocess.run(
        [sys.executable, "-c", OPEN_IN_MEDIAPIPE, *paths],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["0", "0"], "nobody is in a grey picture"
