"""The web server: gunicorn with one worker of many threads, because every open live socket holds a thread.

One worker is not a limit to be lifted here: Socket.IO keeps its clients in the process. More processes are more of
these behind a proxy.
"""

from __future__ import annotations

import gc
import threading
from typing import Any, cast

from flask import Flask
from flask_socketio import SocketIO
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from webapp.app import build  # here and not in the worker: what is loaded before the fork is shared
from webapp.extensions import database
from webapp.jobs.worker import Worker
from webapp.settings import Settings

#: How long a request may go on after a stop was asked for.
GRACE_S = 10
#: Threads that the pages keep when every other one holds a live socket.
SPARE_CONNECTIONS = 200


class LiveWorker(ThreadWorker):
    """A thread worker that hangs up its live sockets when it is asked to stop; their pages come back by themselves."""

    def handle_exit(self, sig: int, frame: object) -> None:
        """SIGTERM: no new connections, finish what runs, close the sockets, which would run for ever."""
        super().handle_exit(sig, frame)
        threading.Thread(target=_hang_up, args=(self.app.wsgi(),), daemon=True).start()


def _hang_up(app: Flask) -> None:
    sockets = cast(SocketIO, app.extensions["socketio"])
    sockets.server.eio.disconnect()


class Server(BaseApplication):
    """gunicorn, configured by our settings instead of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__(prog="coach")

    def load_config(self) -> None:
        """One worker, its threads, our address; nothing from gunicorn's files or environment."""
        settings = self._settings
        options: dict[str, Any] = {
            "bind": f"{settings.host}:{settings.port}",
            "workers": 1,
            "worker_class": LiveWorker,
            "threads": settings.threads,
            "worker_connections": settings.threads + SPARE_CONNECTIONS,
            "graceful_timeout": GRACE_S,
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarded_allow_ips": "*" if settings.proxies else "127.0.0.1",
            "post_worker_init": self._begin_work,
            "worker_exit": _let_go,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def _begin_work(self, worker: ThreadWorker) -> None:
        """Jobs are done beside the pages, in child processes of the worker."""
        app = worker.app.wsgi()
        app.extensions["coach_workers"] = [
            Worker(database(app), self._settings) for _ in range(self._settings.job_workers)
        ]
        for one in app.extensions["coach_workers"]:
            one.start()

    def load(self) -> Flask:
        """The app, made in the worker: a database connection must not cross a fork."""
        app = build(self._settings)
        gc.freeze()  # what was loaded at the start stays: to look through it again doubled some pages' time
        return app


def _let_go(_arbiter: object, worker: ThreadWorker) -> None:
    """The last thing a worker does: commit what waits, close the database."""
    app = worker.app.callable
    if app is not None:
        for one in app.extensions.get("coach_workers", ()):
            one.stop()
        app.extensions["coach_pictures"].shut_down()
        app.extensions["coach_live"].shut_down()
        app.extensions["coach_database"].close()
