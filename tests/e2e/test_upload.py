"""A patient uploads a video, leaves the page, and finds it counted."""

from __future__ import annotations

from tests.e2e.conftest import STATIC, Launch
from tests.e2e.live_page import LivePage
from tests.webapp.live.clinic import Clinic
from tests.webapp.live.served import Served


def test_a_video_is_sent_watched_over_and_counted(
    launch: Launch, served: Served, clinic: Clinic
) -> None:
    visit = LivePage(launch(), served.base, clinic.prescription, clinic.email)
    visit.log_in()
    page = visit.page
    page.goto(f"{served.base}/exercise/{clinic.prescription}")
    page.click("a:has-text('Upload a video of it')")
    page.click("button:has-text('Send the video')")
    assert page.inner_text("#video-problem") == "Choose a video file."
    page.set_input_files("#video", STATIC / "samples/squat_side.mp4")
    page.click("button:has-text('Send the video')")
    page.wait_for_url("**/videos/*")
    page.wait_for_selector("progress")
    page.goto(f"{served.base}/today")  # leaving the page is fine
    page.goto(f"{served.base}/videos")
    page.click(".program a >> nth=0")
    page.wait_for_selector("#job[data-status=done]", timeout=200_000)
    assert "5 repetitions were counted" in page.inner_text("#job")
    page.click("text=See how it went")
    page.wait_for_url("**/sessions/*")
    assert "From your video" in page.inner_text("main")
    assert visit.problems == []
    assert visit.foreign == []
