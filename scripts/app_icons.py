"""Draw the icons of the installed app from `icon.svg`.

    .venv/bin/python -m scripts.app_icons      # writes webapp/static/icons/*.png

Needs Debian's Chromium. Systems cut these pictures to circles or rounded squares ("maskable"): the mark keeps to the
middle four fifths that every shape shows, and its own ground reaches to the edge.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

STATIC = Path(__file__).parents[1] / "webapp" / "static"
CHROMIUM = "/usr/bin/chromium"
SIZES_PX = (180, 192, 512)
GROUND = "#0c6b64"
SAFE = 0.8
PAGE = """<body style="margin:0;display:grid;place-content:center;block-size:100vh;background:{ground}">
<div style="inline-size:{size}px;block-size:{size}px">{svg}</div></body>"""


def draw(page: Page, size_px: int) -> bytes:
    """One square PNG."""
    svg = (STATIC / "icon.svg").read_text(encoding="utf-8")
    page.set_viewport_size({"width": size_px, "height": size_px})
    page.set_content(PAGE.format(ground=GROUND, size=round(SAFE * size_px), svg=svg))
    return page.screenshot()


def main() -> None:
    """All sizes."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for size in SIZES_PX:
            (STATIC / "icons").mkdir(exist_ok=True)
            (STATIC / "icons" / f"app-{size}.png").write_bytes(draw(page, size))
        browser.close()


if __name__ == "__main__":
    main()
