"""`coach models`: make the pose models, and say whether they are whole."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.io.model_files import Model, State, load_manifest, model_state

app = typer.Typer(help="Build and check the pose models.", no_args_is_help=True)

Heavy = Annotated[bool, typer.Option("--heavy", help="Make the heavy model too (31 MB).")]


@app.command()
def build(heavy: Heavy = False) -> None:
    """Assemble the pose models from the pinned npm package; those that are whole are kept."""
    # Imported here: it needs flatbuffers and mediapipe's schema, which no other command does.
    from coach.io.model_build import build_model

    manifest = load_manifest()
    for model in manifest.models:
        if model.required or heavy:
            made = build_model(manifest, model)
            typer.echo(f"{model.name}: {'built' if made else 'ok, kept'} ({_megabytes(model)})")


@app.command()
def verify() -> None:
    """Check every pose model against the manifest; exit code 1 if a required one is not whole."""
    models = load_manifest().models
    states = [(model, model_state(model)) for model in models]
    for model, state in states:
        typer.echo(f"{model.name}: {_verdict(model, state)}")
    if any(model.required and state != "ok" for model, state in states):
        raise typer.Exit(1)


def _verdict(model: Model, state: State) -> str:
    """What to print after the model's name."""
    if state == "ok":
        return f"ok ({_megabytes(model)})"
    optional = "" if model.required else " (optional)"
    return f"{state}{optional}; run `{model.remedy}`"


def _megabytes(model: Model) -> str:
    return f"{model.bytes / 1e6:.1f} MB"
