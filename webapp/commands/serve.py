"""`coach serve`: bring the database up to date and serve the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from webapp.settings import Settings

Port = Annotated[
    int | None, typer.Option(help="Port to listen on (COACH_PORT, else 8000).", min=1, max=65535)
]
Host = Annotated[
    str | None, typer.Option(help="Address to listen on (COACH_HOST, else 127.0.0.1).")
]
Demo = Annotated[
    bool,
    typer.Option(
        "--demo", help="With a demo clinic and one-click logins. Never for real patients."
    ),
]


def serve(port: Port = None, host: Host = None, demo: Demo = False) -> None:
    """Serve the web app. Settings come from COACH_* variables; the options win over them."""
    from webapp.settings import from_environment

    settings = from_environment(port=port, host=host, demo=demo or None)
    _free_port(settings)
    _prepare(settings)
    _say_where(settings)
    from webapp.server import Server

    Server(settings).run()


def _prepare(settings: Settings) -> None:
    from webapp.commands import database, demo

    database.bring_up_to_date(settings)
    if settings.demo:
        demo.make_if_missing(settings)


def _free_port(settings: Settings) -> None:
    """Say at once, in one sentence, that the port is taken; gunicorn would try for five seconds."""
    import socket

    from coach.errors import CoachError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CoachError(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop the other program or choose another port with --port."
            ) from None


def _say_where(settings: Settings) -> None:
    typer.echo(f"The coach is at http://{settings.host}:{settings.port} (stop it with Ctrl+C)")
    if settings.demo:
        from webapp.demo.accounts import DEMO_EMAILS, DEMO_PASSWORD

        typer.echo(f"Demo logins: {', '.join(DEMO_EMAILS.values())}; password {DEMO_PASSWORD}")
