"""Assemble a pose bundle (`*.task`) from the TFLite files of the npm package `@mediapipe/pose`.

A Tasks bundle is an *uncompressed* zip of `pose_detector.tflite` and `pose_landmarks_detector.tflite`.
mediapipe refuses either model unless it carries TFLite metadata that say how pixels are normalised;
the npm files carry none, so it is added here. The same inputs give the same bytes on every machine.
"""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import flatbuffers
import numpy as np

from coach.errors import ModelError

DETECTOR_NAME: Final = "pose_detector.tflite"
LANDMARKS_NAME: Final = "pose_landmarks_detector.tflite"

_DETECTOR_MEAN_STD: Final = (127.5, 127.5)  # pixels 0..255 -> -1..1
_LANDMARKS_MEAN_STD: Final = (0.0, 255.0)  # pixels 0..255 -> 0..1
_METADATA_NAME: Final = "TFLITE_METADATA"
_MODEL_IDENTIFIER: Final = b"TFL3"
_METADATA_IDENTIFIER: Final = b"M001"
_ALIGNMENT: Final = 16  # bytes; TFLite maps weights in place and wants them so aligned
_EPOCH: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest time a zip can hold: bytes do not depend on now
_ZIP_HEADER_BYTES: Final = 30
_PADDING_FIELD: Final = b"\x35\xd9"  # id 0xD935, used for alignment by Android's zipalign too


def assemble(detector: bytes, landmarks: bytes) -> bytes:
    """The bundle of the two plain TFLite models.

    Raises:
        ModelError: an input is not a TFLite model.
    """
    return _stored_zip(
        {
            DETECTOR_NAME: with_normalization(detector, *_DETECTOR_MEAN_STD),
            LANDMARKS_NAME: with_normalization(landmarks, *_LANDMARKS_MEAN_STD),
        }
    )


def with_normalization(model: bytes, mean: float, std: float) -> bytes:
    """`model` with metadata saying that its RGB image input is `(pixel - mean) / std`.

    Raises:
        ModelError: `model` is not a TFLite model.
    """
    if model[4:8] != _MODEL_IDENTIFIER:
        raise ModelError("expected a TFLite model, got something else; run `npm ci` again.")
    schema = schema_module("schema_py_generated")
    tree = schema.ModelT.InitFromPackedBuf(model)
    tree.buffers = [_aligned_buffer(buffer) for buffer in tree.buffers]
    metadata = np.frombuffer(_metadata(mean, std), dtype=np.uint8)
    tree.metadata = [*(tree.metadata or []), schema.MetadataT(_METADATA_NAME, len(tree.buffers))]
    tree.buffers.append(_aligned_buffer(schema.BufferT(metadata)))
    return _packed(tree, _MODEL_IDENTIFIER)


def _metadata(mean: float, std: float) -> bytes:
    """The metadata flatbuffer: one RGB image input with its normalisation, no labels, no outputs."""
    schema = schema_module("metadata_schema_py_generated")
    image = schema.ContentT(
        contentPropertiesType=schema.ContentProperties.ImageProperties,
        contentProperties=schema.ImagePropertiesT(colorSpace=schema.ColorSpaceType.RGB),
    )
    unit = schema.ProcessUnitT(
        optionsType=schema.ProcessUnitOptions.NormalizationOptions,
        options=schema.NormalizationOptionsT(mean=[mean], std=[std]),
    )
    tensor = schema.TensorMetadataT(name="image", content=image, processUnits=[unit])
    graph = schema.SubGraphMetadataT(inputTensorMetadata=[tensor])
    return _packed(schema.ModelMetadataT(subgraphMetadata=[graph]), _METADATA_IDENTIFIER)


def _packed(tree: Any, identifier: bytes) -> bytes:
    """The bytes of a generated flatbuffers object."""
    builder = flatbuffers.Builder(1024)
    builder.Finish(tree.Pack(builder), identifier)
    return bytes(builder.Output())


def _aligned_buffer(buffer: Any) -> Any:
    """`buffer` packing its bytes at `_ALIGNMENT`: the generated Python code forgets the schema's
    `force_align: 16`.
    """
    schema = schema_module("schema_py_generated")
    data = buffer.data

    class AlignedBuffer(schema.BufferT):  # type: ignore[name-defined, misc]  # loaded from a file
        def Pack(self, builder: Any) -> Any:  # flatbuffers' own name
            vector = None if data is None else _aligned_vector(builder, data)
            schema.BufferStart(builder)
            if vector is not None:
                schema.BufferAddData(builder, vector)
            return schema.BufferEnd(builder)

    return AlignedBuffer()


def _aligned_vector(builder: Any, data: np.ndarray[Any, np.dtype[np.uint8]]) -> int:
    """Write `data` as a vector of bytes that starts at a multiple of `_ALIGNMENT`; its offset."""
    builder.StartVector(1, len(data), _ALIGNMENT)
    builder.head -= len(data)
    builder.Bytes[builder.Head() : builder.Head() + len(data)] = data.tobytes()
    return int(builder.EndVector())


def _stored_zip(members: dict[str, bytes]) -> bytes:
    """An uncompressed zip with aligned members and no trace of when or where it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in members.items():
            bundle.writestr(_member(name, target.tell()), content)
    return target.getvalue()


def _member(name: str, header_at: int) -> zipfile.ZipInfo:
    """The header of a member whose content will start at a multiple of `_ALIGNMENT`."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3  # Unix, on Windows too
    info.external_attr = 0o644 << 16
    content_at = header_at + _ZIP_HEADER_BYTES + len(name) + 4
    padding = -content_at % _ALIGNMENT
    info.extra = _PADDING_FIELD + padding.to_bytes(2, "little") + bytes(padding)
    return info


@cache
def schema_module(name: str) -> ModuleType:
    """A generated schema module of mediapipe, loaded from its file.

    `import mediapipe.tasks.metadata` would run all of mediapipe (seconds, and its log client);
    `find_spec` of a top-level package runs nothing.

    Raises:
        ModelError: mediapipe is not installed, or is another version without these files.
    """
    package = importlib.util.find_spec("mediapipe")
    folders = package.submodule_search_locations if package else None
    for folder in folders or ():
        path = Path(folder) / "tasks" / "metadata" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"_mediapipe_{name}", path)
        if path.is_file() and spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
            return module
    raise ModelError(
        "mediapipe's model schema is missing; run `make run` to install what is needed."
    )
