"""The main job in a real browser: what the page counts is what the log holds and what a replay gives."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.events import Event, RepCompleted
from coach.exercise import Dose, Prescription
from coach.io import recording
from coach.io.replay import replay
from poses import catalogue
from tests.e2e.live_page import LivePage
from tests.webapp.live.clinic import Clinic, revise
from tests.webapp.live.served import Served
from webapp.store import sessions
from webapp.store.engine import Database
from webapp.store.session_tables import PatientSession

#: A page slower than this has a fault; how fast it really is, is printed.
SLOWEST_FEEDBACK_MS = 5000
#: Layout shift while exercising, as browsers count it.
MOST_SHIFT = 0.02
#: How many pixels of the skeleton and the ghost there are.
DRAWN = """() => {
  const canvas = document.querySelector("[data-el=overlay]");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, i) => sum + (i % 4 === 3 && value > 0 ? 1 : 0), 0);
}"""
STAGE_SHARE = """() => document.querySelector("[data-el=stage]").getBoundingClientRect().height / innerHeight"""
FONT_SIZE = "parseFloat(getComputedStyle(document.querySelector('[data-el=count]')).fontSize)"


class Kept:
    """What the server kept of a session, read from its database and its folder."""

    def __init__(self, clinic: Clinic, session_id: str, *, filed: bool = True) -> None:
        database = Database(clinic.settings.database)
        until = time.monotonic() + 30
        while True:
            with database.reading() as session:
                self.row = session.get_one(PatientSession, session_id)
                self.events: list[Event] = sessions.events(session, session_id)
                series = sessions.series_of(session, session_id)
            if series is not None or not filed or time.monotonic() > until:
                break
            time.sleep(0.2)
        database.close()
        self.path = clinic.settings.data_dir / "series" / series.path if series else None

    @property
    def reps(self) -> int:
        return sum(isinstance(event, RepCompleted) for event in self.events)

    def replayed(self) -> list[Event]:
        assert self.path is not None, "no recording was filed"
        steps = replay(recording.read(self.path), catalogue.load("squat"))
        return [event for step in steps for event in step.events]


def _session_id(live: LivePage) -> str:
    return live.page.url.rsplit("/", 1)[-1]


def test_what_the_page_showed_is_what_the_log_holds_and_a_replay_gives(
    live: LivePage, clinic: Clinic
) -> None:
    live.click("use-camera")
    live.wait_for_step("exercise")
    live.wait_for_reps(4)
    figures = live.measure()
    shifts = live.shifts
    live.stop()
    kept = Kept(clinic, _session_id(live))
    print(f"\nmoved by itself: {sum(one['value'] for one in shifts):.4f}")
    print("\nlive page: " + ", ".join(f"{name} {value:.1f}" for name, value in figures.items()))
    assert live.reps == kept.reps == kept.row.reps >= 4
    assert kept.replayed() == kept.events
    assert (kept.row.source, kept.row.status, kept.row.stop_reason) == ("camera", "done", "tired")
    assert live.foreign == []
    assert live.problems == []
    assert figures["fps"] > 1
    assert sum(one["value"] for one in shifts) < MOST_SHIFT, shifts
    assert figures["feedback_p95_ms"] < SLOWEST_FEEDBACK_MS
    _command_agrees(kept)


def _command_agrees(kept: Kept) -> None:
    """`coach replay` of the filed recording counts the same."""
    command = [
        sys.executable,
        "-m",
        "webapp.cli",
        "replay",
        str(kept.path),
        "--exercise",
        "squat",
        "--json",
    ]
    run = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    assert json.loads(run.stdout)["reps"] == kept.reps


def test_the_sample_clip_goes_the_same_way_and_is_marked(live: LivePage, clinic: Clinic) -> None:
    live.click("use-clip")
    live.wait_for_step("exercise")
    live.wait_for_reps(2)
    live.stop()
    kept = Kept(clinic, _session_id(live))
    assert kept.row.source == "clip"
    assert live.reps == kept.row.reps
    assert kept.replayed() == kept.events
    assert live.problems == []


def test_a_crash_of_the_server_and_a_reload_lose_nothing(
    live: LivePage, clinic: Clinic, served: Served
) -> None:
    live.click("use-camera")
    live.wait_for_reps(1)
    served.kill()
    live.page.wait_for_selector("[data-el=connection]:not([hidden])")
    assert "paused" in live.text("connection-text")
    live.page.wait_for_timeout(6000)
    recorded = live.page.evaluate("indexedDB.databases().then((all) => all.length)")
    assert recorded == 1
    live.page.goto("about:blank")  # the window is closed before anything could be sent
    served.start()
    live.open()
    live.click("use-camera")
    live.wait_for_reps(3)
    live.stop("no_time")
    kept = Kept(clinic, _session_id(live))
    assert live.reps == kept.row.reps == kept.reps
    assert [event.rep.index for event in kept.events if isinstance(event, RepCompleted)] == list(
        range(1, kept.reps + 1)
    )
    assert kept.replayed() == kept.events


def test_a_changed_target_holds_from_the_next_opening_on(live: LivePage, clinic: Clinic) -> None:
    live.click("use-camera")
    live.wait_for_reps(1)
    assert live.text("set-of") == "set 1 of 2"
    live.page.goto("about:blank")  # the window is closed
    revise(clinic, Prescription(targets={"knee_flexion": 60}, dose=Dose(sets=1, reps=8)))
    live.open()
    live.page.evaluate("sessionStorage.removeItem('reps')")
    live.click("use-camera")
    live.wait_for_reps(1)
    assert live.text("set-of") == "set 1 of 1"
    assert live.text("count-of") == "of 8"
    live.stop()
    kept = Kept(clinic, _session_id(live))
    assert live.reps == kept.row.reps == kept.reps
    assert kept.replayed() == kept.events


def test_a_second_window_takes_over_and_the_first_says_so(live: LivePage, clinic: Clinic) -> None:
    live.click("use-camera")
    live.wait_for_reps(1)
    second = LivePage(live.context, live.base, live.prescription)
    second.open()
    second.click("use-camera")
    live.wait_for_step("trouble")
    assert "another window" in live.text("trouble-title")
    second.wait_for_step("exercise")
    second.wait_for_reps(2)
    second.stop()
    kept = Kept(clinic, _session_id(second))
    assert second.reps == kept.row.reps == kept.reps
    assert kept.replayed() == kept.events


def test_pause_by_key_stops_the_count_and_the_session_goes_on(
    live: LivePage, clinic: Clinic
) -> None:
    live.click("use-camera")
    live.wait_for_reps(1)
    live.page.keyboard.press(" ")
    live.page.wait_for_selector("[data-el=paused]:not([hidden])")
    live.page.wait_for_timeout(1500)
    assert live.page.evaluate(DRAWN) == 0, "a frozen body over a moving picture"
    before = live.reps
    live.page.wait_for_timeout(5000)
    assert live.reps == before
    live.click("resume")
    live.wait_for_reps(before + 1)
    live.stop("finished")
    kept = Kept(clinic, _session_id(live))
    assert live.reps == kept.row.reps
    assert kept.replayed() == kept.events


def test_nothing_counts_while_one_is_asked_why_one_stops(live: LivePage, clinic: Clinic) -> None:
    live.click("use-camera")
    live.wait_for_reps(1)
    live.click("stop")
    live.page.wait_for_timeout(1500)
    before = live.reps
    live.page.wait_for_timeout(5000)
    assert live.reps == before
    live.page.click("dialog button[value='']")
    live.wait_for_reps(before + 1)
    live.stop()
    kept = Kept(clinic, _session_id(live))
    assert live.reps == kept.row.reps
    assert kept.replayed() == kept.events


def test_a_cue_has_its_sign(live: LivePage, clinic: Clinic) -> None:
    revise(clinic, Prescription(targets={"knee_flexion": 130}, dose=Dose(sets=1, reps=8)))
    live.open()
    live.click("use-camera")
    live.page.wait_for_selector("[data-el=cue-board][data-kind=further]", timeout=120_000)
    icon = live.page.locator("[data-el=cue-icon]")
    assert icon.is_visible()
    assert icon.locator("use").get_attribute("href", timeout=1000)
    assert live.text("gauge-word") == ""


def test_a_server_that_is_away_at_first_is_said_and_waited_for(
    live: LivePage, served: Served
) -> None:
    live.page.wait_for_timeout(6000)  # the page has all it needs
    served.kill()
    live.click("use-camera")
    live.page.wait_for_selector("[data-el=connection]:not([hidden])")
    assert "does not answer" in live.text("connection-text")
    served.start()
    live.wait_for_step("exercise")
    assert live.page.locator("[data-el=connection]").is_hidden()


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_the_count_is_a_fifth_of_the_screen_and_nothing_is_cut_off(
    live: LivePage, size: tuple[int, int]
) -> None:
    live.page.set_viewport_size({"width": size[0], "height": size[1]})
    live.click("use-camera")
    live.wait_for_step("exercise")
    size_px = live.page.evaluate(FONT_SIZE)
    assert size_px >= 0.2 * size[1]
    assert live.page.evaluate(STAGE_SHARE) >= 0.34 - 1e-6
    stage, gauge = (
        live.page.locator(f"[data-el={name}]").bounding_box() for name in ("stage", "gauge")
    )
    assert stage is not None
    assert gauge is not None
    beside = gauge["x"] >= stage["x"] + stage["width"]
    assert beside or gauge["y"] >= stage["y"] + stage["height"]
    width = live.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]
    for name in ("pause", "stop"):
        place = live.page.locator(f"[data-el={name}]").bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= size[1]
