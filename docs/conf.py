"""How Sphinx builds these pages: `make docs`."""

from __future__ import annotations

project = "Exercise form coach"
author = "the authors"
copyright = "2026, the authors"
release = "0.1.0"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
#: Links to files outside docs/ lead to the repository's own files.
myst_all_links_external = False

html_theme = "furo"
html_title = "Exercise form coach"
html_copy_source = False
html_show_sphinx = False
