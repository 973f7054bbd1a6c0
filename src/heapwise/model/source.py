"""Lines of the program's source, for reports. Files that look secret are not opened."""

from __future__ import annotations

import re
import tokenize
from functools import lru_cache
from pathlib import Path

_SECRET = re.compile(r"(secret|passw|credential|token|private|\.env$|id_rsa|\.pem$|\.key$)", re.I)
_LARGEST_CHARS = 8 << 20


def source_line(file: str, line: int, changed: float | None = None) -> str:
    """The stripped text of a line; empty when the file is gone, looks secret, or is shorter. changed: when it was,
    where that is known."""
    if line <= 0:
        return ""
    lines = _lines(file, changed_at(file) if changed is None else changed)
    return lines[line - 1].strip() if line <= len(lines) else ""


def changed_at(file: str) -> float:
    """When a file was changed last, in seconds since the epoch; never where there is none."""
    try:
        return Path(file).stat().st_mtime
    except OSError:
        return float("inf")


@lru_cache(maxsize=256)
def _lines(file: str, changed: float) -> tuple[str, ...]:
    """A file's lines, as it was changed last."""
    if file.startswith("<") or _SECRET.search(file.rsplit("/", 1)[-1]):
        return ()
    try:
        with tokenize.open(file) as text:  # honours the coding line
            return tuple(text.read(_LARGEST_CHARS).splitlines())
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return ()
