"""Lines of the program's source, for reports. Files that look secret are not opened."""

from __future__ import annotations

import re
import tokenize
from functools import lru_cache
from pathlib import Path

_SECRET = re.compile(r"(secret|passw|credential|token|private|\.env$|id_rsa|\.pem$|\.key$)", re.I)
_LARGEST_CHARS = 8 << 20


def source_line(file: str, line: int) -> str:
    """The stripped text of a line; empty when the file is gone, looks secret, or is shorter."""
    lines = lines_of(file) if line > 0 else ()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def lines_of(file: str) -> tuple[str, ...]:
    """All lines of a file as it is now; none when it is gone or looks secret."""
    return _lines(file, changed_at(file))


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
