"""Sphinx's settings; `make docs` builds the pages."""

from heapwise.version import __version__

project = "Heapwise"
author = "The Heapwise authors"
release = __version__
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "Heapwise"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
