"""How long the server takes for each page, with many patients and a long past.

    python -m scripts.pages_bench                          # 200 patients, a year each
    python -m scripts.pages_bench --patients 50 --days 90 --json

A demo clinic is made in a temporary folder (or taken from --folder and kept), every page that can be opened is asked
for through the test client, once to warm up and then --times times, and the table says how long it took: by the clock,
and of the processor, which a busy machine changes less. The goal is 100 ms in 19 of 20 cases. Pages that a patient
opens for an exercise are asked for as the demo patient, those of a session with the demo's filmed one.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from webapp import create_app
from webapp.commands.database import bring_up_to_date
from webapp.commands.demo import add_crowd, make_if_missing
from webapp.policy import ROUTES, may_use
from webapp.settings import Settings

ROLES: Final = ("patient", "therapist", "clinic")
#: The goal, milliseconds by the clock.
GOAL_MS: Final = 100.0
#: Files of the look, and pages that belong to nobody's daily work.
LEFT_OUT: Final = ("assets.", "dev.", "security.", "joining.", "auth.passkey", "pages.healthz")
#: Files to download: written row by row while they are sent.
DOWNLOAD: Final = "_csv"


@dataclass(frozen=True, slots=True)
class Took:
    """How long a page took, milliseconds: the middle and the 95th of 100, by the clock and of the processor."""

    role: str
    page: str
    status: int
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float


def measure(app: Flask, times: int, only: str = "") -> Iterator[Took]:
    """Every page that a role may open, asked so many times."""
    for role in ROLES:
        client = _signed_in(app, role)
        ids = _ids(client, role)
        gc.collect()
        gc.freeze()  # as the server does after its start
        for rule in sorted(app.url_map.iter_rules(), key=str):
            if _asked(rule, role, only) and rule.arguments <= ids.keys():
                with app.test_request_context():
                    address = app.url_for(
                        rule.endpoint, **{name: ids[name] for name in rule.arguments}
                    )
                yield _took(client, role, rule.endpoint, address, times)


def _asked(rule: Rule, role: str, only: str) -> bool:
    who, endpoint = ROUTES[rule.endpoint], rule.endpoint
    theirs = may_use(who, role) and ("anyone" not in who or role == "patient")
    return (
        theirs
        and not endpoint.endswith(DOWNLOAD)
        and "GET" in (rule.methods or ())
        and not endpoint.startswith(LEFT_OUT)
        and only in endpoint
    )


def _signed_in(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/about").text)
    client.post(f"/login/demo/{role}", data={"csrf_token": token[1] if token else ""})
    return client


def _ids(client: FlaskClient, role: str) -> dict[str, Any]:
    """What stands in addresses, read from the pages as a person would find it."""
    if role == "patient":
        today, history = client.get("/today").text, client.get("/history").text
        found = {"prescription_id": _first(r"/exercise/([0-9a-f-]{36})|/before/([0-9a-f-]{36})", today),
                 "session_id": _first(r"/sessions/([0-9a-f-]{36})", history)}  # fmt: skip
    else:
        found = _ids_of_staff(client, role)
    return {name: one for name, one in found.items() if one}


def _ids_of_staff(client: FlaskClient, role: str) -> dict[str, str]:
    """The demo's first patient, who has a filmed session."""
    if role == "clinic":
        return {
            "session_id": _first(
                r"/patients/sessions/([0-9a-f-]{36})", client.get("/clinic/sessions").text
            )
        }
    ada = _first(r'/patients/([0-9a-f-]{36})"[^>]*>Ada', client.get("/patients/?all=1&q=Ada").text)
    page = client.get(f"/patients/{ada}").text
    return {
        "patient_id": ada,
        "prescription_id": _first(r"/patients/program/([0-9a-f-]{36})", page),
        "session_id": _first(r"/patients/sessions/([0-9a-f-]{36})", page),
    }


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return next((one for one in found.groups() if one), "") if found else ""


def _took(client: FlaskClient, role: str, page: str, address: str, times: int) -> Took:
    status = client.get(address).status_code
    clock, processor = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.thread_time()
        client.get(address).get_data()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.thread_time() - worked))
    return Took(role, page, status, *_shares(clock), *_shares(processor))


def _shares(took_ms: list[float]) -> tuple[float, float]:
    """The middle, and what 19 of 20 stay below."""
    ranked = sorted(took_ms)
    return round(ranked[len(ranked) // 2], 1), round(ranked[int(0.95 * (len(ranked) - 1))], 1)


def made(folder: Path, patients: int, days: int) -> Flask:
    """An app on a demo clinic with a crowd; one that lies in the folder already is taken as it is."""
    settings = Settings(env="testing", data_dir=folder, secret_key=secrets.token_hex(), demo=True)
    bring_up_to_date(settings)
    if make_if_missing(settings) and patients:
        add_crowd(settings, patients, days)
    return create_app(settings)


def main(arguments: list[str]) -> int:
    """Make, measure, print. Returns 1 when a page fails or is slower than the goal."""
    asked = _arguments(arguments)
    folder = asked.folder or Path(tempfile.mkdtemp())
    try:
        app = made(folder, asked.patients, asked.days)
        found = list(measure(app, asked.times, asked.only))
        app.extensions["coach_live"].shut_down()
        app.extensions["coach_database"].close()
    finally:
        if asked.folder is None:
            shutil.rmtree(folder)
    lines = (
        [json.dumps([asdict(one) for one in found], indent=2)] if asked.json else list(table(found))
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(one.p95_ms > GOAL_MS or one.status >= 400 for one in found))


def table(found: list[Took]) -> Iterator[str]:
    """The slowest first."""
    yield f"{'role':10} {'page':28} {'status':>6} {'p50':>7} {'p95':>7} {'cpu50':>7} {'cpu95':>7}  ms"
    for one in sorted(found, key=lambda one: -one.p95_ms):
        mark = "  slow" if one.p95_ms > GOAL_MS else ""
        yield (
            f"{one.role:10} {one.page:28} {one.status:6d} {one.p50_ms:7.1f} {one.p95_ms:7.1f} "
            f"{one.cpu_p50_ms:7.1f} {one.cpu_p95_ms:7.1f}{mark}"
        )


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long the server takes for each page.")
    parser.add_argument("--patients", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument(
        "--folder", type=Path, help="keep the demo here, and take the one that is here"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
