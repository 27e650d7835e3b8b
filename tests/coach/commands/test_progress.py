"""Progress bars: on a terminal only."""

from __future__ import annotations

import io

from rich.console import Console

from coach.commands.progress import watched


def test_a_pipe_sees_nothing() -> None:
    out = io.StringIO()
    assert list(watched(range(5), 5, "clip", Console(file=out, force_terminal=False))) == list(
        range(5)
    )
    assert out.getvalue() == ""


def test_a_terminal_sees_a_bar() -> None:
    out = io.StringIO()
    assert list(watched(range(5), 0, "clip", Console(file=out, force_terminal=True))) == list(
        range(5)
    )
    assert "clip" in out.getvalue()
