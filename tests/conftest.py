"""What all tests share. Property tests draw the same examples every time: a red test stays red until it is mended."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", max_examples=20, deadline=None, derandomize=True, database=None)
settings.load_profile("steady")
