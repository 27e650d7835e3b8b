"""The staff's and patient's pages in a real browser: in place, by keyboard, in light and dark, on phone and desktop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.webapp.serving import Server
from tests.webapp.visits import OVERFLOWS, Visit

pytestmark = pytest.mark.browser

FIRST_ROW = "document.querySelector('[data-row] .what strong').innerText"


@pytest.fixture
def server(shared_server: Server) -> Server:
    """One running server for all of them: what they change does not matter to each other."""
    return shared_server


def test_a_target_is_set_in_place_by_key_by_typing_and_by_hand(
    chromium: Browser, server: Server
) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    page.click("text=Change Squat")
    slider, number = (
        page.locator(f'[data-{kind}="target.knee_flexion"]') for kind in ("slider", "number")
    )
    label = page.locator("svg [data-label]")
    before = int(number.input_value())
    slider.press("ArrowRight")
    assert (number.input_value(), label.text_content()) == (str(before + 1), f"{before + 1}°")
    number.fill("100")
    assert (slider.input_value(), label.text_content()) == ("100", "100°")
    _drag(page, to=(0.15, 0.5))
    assert number.input_value() == slider.input_value() == "90"
    page.check("[data-limit-on]")
    assert page.locator("[data-limit-part]").get_attribute("visibility") == "visible"
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved. The next session uses it.")
    assert "Knee bend 90°" in page.inner_text("[aria-labelledby=program]")
    assert visit.complaints == []


def _drag(page: Page, to: tuple[float, float]) -> None:
    """Drag the joint's handle to a place in the drawing, in shares of its size."""
    handle, drawing = (
        page.locator(place).bounding_box() for place in ("[data-handle=target]", "svg.joint")
    )
    assert handle
    assert drawing
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(
        drawing["x"] + drawing["width"] * to[0], drawing["y"] + drawing["height"] * to[1]
    )
    page.mouse.up()


def test_a_wrong_number_is_said_beside_the_field_and_left_again(
    chromium: Browser, server: Server
) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    page.click("text=Change Squat")
    page.fill("[name=sets]", "99")
    page.click("button:has-text('Save')")
    assert page.inner_text("p.problem") == "Enter a number from 1 to 20."
    page.click("text=Leave as it was")
    page.wait_for_selector("text=Change Squat")


def test_the_log_is_filtered_in_place(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "clinic")
    page = visit.page
    everything = page.inner_text("#results dd >> nth=0")
    page.select_option("#exercise", "squat")
    page.wait_for_function(
        "before => document.querySelector('#results dd').innerText !== before", arg=everything
    )
    assert "exercise=squat" in page.url
    assert visit.complaints == []


def test_a_session_shows_its_curves(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    visit.page.click("[aria-labelledby=sessions] tbody a >> nth=0")
    visit.page.wait_for_selector(".uplot canvas")
    visit.page.wait_for_function(
        "() => document.querySelector('[data-chart-source]').innerText !== ''"
    )
    assert visit.complaints == []


def test_a_session_is_replayed_reviewed_and_talked_about(chromium: Browser, server: Server) -> None:
    """Figure, curve and table move together; a verdict is overruled in place; patient and therapist write."""
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    page.click("[aria-labelledby=sessions] tbody tr:has-text('Squat') a >> nth=0")
    page.wait_for_selector("[data-controls]:not([hidden])")
    page.click("#rep-3 [data-seek]")
    assert page.get_attribute("#rep-3", "aria-current") == "true"
    first = _picture(page)
    page.click("[data-play]")
    page.wait_for_function("() => Number(document.querySelector('.playhead').dataset.t) > 13.4")
    page.click("[data-play]")
    assert _picture(page) != first
    moment = float(page.input_value("[data-scrub]"))
    assert abs(float(page.get_attribute(".playhead", "data-t") or 0) - moment) < 0.1
    page.focus("#replay")
    page.keyboard.press("l")
    assert page.get_attribute("#rep-4", "aria-current") == "true"
    page.check("[data-show-reference]")
    page.wait_for_selector("canvas[data-figure-reference]", state="visible")
    page.click("text=Overrule repetition 3")
    page.check(".form-row [value=correct]")
    page.fill(".form-row [name=why]", "As far as she can")
    page.click(".form-row button:has-text('Save your word')")
    page.wait_for_selector("#rep-3 >> text=You said: Reached.")
    assert page.get_attribute("#rep-4", "aria-current") == "true"
    page.fill("#message-text", "Much better than last week")
    page.click("#thread button:has-text('Send')")
    page.wait_for_selector("#thread-said >> text=Sent.")
    answer = Visit(chromium, server, "patient")
    answer.page.click("nav >> text=Messages")
    answer.page.wait_for_selector("text=Much better than last week")
    answer.page.fill("#message-text", "That was fun")
    answer.page.click("#thread button:has-text('Send')")
    answer.page.wait_for_selector("#thread >> text=That was fun")
    assert visit.complaints == answer.complaints == []


def _picture(page: Page) -> str:
    """What is drawn of the patient just now."""
    return str(page.evaluate("document.querySelector('canvas[data-figure]').toDataURL()"))


def test_the_first_tab_offers_to_skip_to_the_content(chromium: Browser, server: Server) -> None:
    page = Visit(chromium, server, "patient").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _authenticator(page: Page) -> None:
    """A phone's own key store, whose finger is always on the sensor."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    wishes = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": wishes | able})


def test_an_invited_patient_comes_in_by_phone_and_comes_back_with_a_passkey(
    chromium: Browser, server: Server
) -> None:
    therapist = Visit(chromium, server, "therapist")
    desk = therapist.page
    desk.click("text=Invite a patient")
    desk.fill("#name", "Maria Olsson")
    desk.fill("#birth_year", "1949")
    desk.click("text=Make the invitation")
    link = desk.input_value("#invitation-link").replace("127.0.0.1", "localhost")
    assert desk.locator(".qr-frame svg path").count() > 0
    phone = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    _authenticator(phone)
    phone.goto(link)  # by name, because a bare address has no passkeys
    phone.fill("#year", "49")
    phone.click("button:has-text('Come in')")
    phone.click("text=No, only count")
    phone.wait_for_url("**/today")
    phone.goto(link.split("/join")[0] + "/settings/sign-in")
    phone.click("text=Add a passkey")
    phone.wait_for_selector("text=Remove")
    phone.click("text=Log out")
    phone.wait_for_url("**/login")
    phone.click("text=Log in with a passkey")
    phone.wait_for_url("**/today")
    assert not phone.evaluate(OVERFLOWS)
    assert therapist.complaints == []


def test_a_target_is_changed_in_three_steps(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "therapist")
    page = visit.page
    page.click("#all >> text=Greta Olsen")
    steps = 0

    def do(step: str, on: str) -> None:
        nonlocal steps
        steps += 1
        if step == "key":
            page.locator(on).press("ArrowRight")
        else:
            page.click(on)

    do("click", "text=Change Mini squat")
    goal = page.locator("[data-handle=target]")
    before = int(goal.get_attribute("aria-valuenow") or 0)
    do("key", "[data-handle=target]")
    do("click", "button:has-text('Save')")
    page.wait_for_selector("text=Saved. The next session uses it.")
    assert steps == 3
    assert f"Knee bend {before + 1}°" in page.inner_text("[aria-labelledby=program]")
    page.click("text=Change Mini squat")
    if not page.is_checked("[data-limit-on]"):
        page.check("[data-limit-on]")
    limit = page.locator("[data-handle=limit]")
    start = int(limit.get_attribute("aria-valuenow") or 0)
    limit.press("ArrowLeft")
    assert page.locator('[data-number="limit.knee_flexion"]').input_value() == str(start - 1)
    page.click("[data-fill] >> nth=0")
    assert "last session" in page.locator("textarea[name=why]").input_value()
    assert visit.complaints == []


def test_rows_are_put_in_order_by_key_and_by_hand(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    rows = page.locator("[data-row] .what strong")
    order = rows.all_inner_texts()
    page.locator("[id^=down-]").first.press("Enter")
    page.wait_for_function(f"first => {FIRST_ROW} !== first", arg=order[0])
    grip, last = page.locator("[data-grip]").first.bounding_box(), rows.last.bounding_box()
    assert grip
    assert last
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"], last["y"] + last["height"] * 2, steps=4)
    with page.expect_response("**/move"):
        page.mouse.up()
    page.wait_for_function(f"first => {FIRST_ROW} === first", arg=order[0])
    assert visit.complaints == []


def test_a_line_on_the_curve_is_moved_by_keyboard_and_tried_on_the_recording(
    chromium: Browser, server: Server
) -> None:
    visit = Visit(chromium, server, "therapist")
    page = visit.page
    page.goto(f"{server.base}/patients/movements")
    page.click("ul.program a.button")
    page.wait_for_selector("[data-el=verdict].good")
    page.focus("[data-handle=enter]")
    before = page.input_value("[name=enter]")
    page.keyboard.press("ArrowUp")
    assert int(page.input_value("[name=enter]")) == int(before) + 1
    assert page.get_attribute("[data-handle=enter]", "aria-valuenow") == str(int(before) + 1)
    page.locator("[data-el=said]", has_text="are counted").wait_for()
    assert not visit.complaints
