"""How source paths are shown: short, but never ambiguous where it matters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any


def shorten(file: str, meta: Mapping[str, Any]) -> str:
    """`/srv/app/x.py` -> `x.py` below the program's directory; `numpy::core/x.py` below a library. meta: of the
    recording or snapshot."""
    directory, libraries = str(meta.get("directory") or ""), meta.get("library_directories") or ()
    file = file.replace("\n", "\\n")
    if not file or file.startswith("<"):
        return file
    if directory and file.startswith(directory.rstrip("/") + "/"):
        return file[len(directory.rstrip("/")) + 1 :]
    for library in libraries:
        if library and file.startswith(library.rstrip("/") + "/"):
            inside = file[len(library.rstrip("/")) + 1 :]
            package, slash, rest = inside.partition("/")
            return f"{package}::{rest}" if slash else inside
    return file


def where(file: str, line: int, function: str, meta: Mapping[str, Any]) -> str:
    """`app.py:41 enrich`; the function alone where the file is not known."""
    return f"{shorten(file, meta)}:{line} {function}" if file else function


def clip(text: str, width: int) -> str:
    """Cuts a path in its left middle: `/home/me/…/encoder.py:258`."""
    if len(text) <= width or width < 8:
        return text
    head, tail = os.path.split(text)
    room = width - len(tail) - 2
    if room <= 0:
        return "…" + text[-(width - 1) :]
    return head[: max(0, room // 3)] + "…" + head[len(head) - (room - room // 3) :] + "/" + tail
