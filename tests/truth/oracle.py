"""The oracle: programs whose allocations are known, and what they say about their own lines.

A line of a program says its truth in a comment:

    block = libc.malloc(64 * MiB)  # truth: peak=64*MiB end=0 total=64*MiB

Figures are peak, end, total (bytes) and count. A value is a Python expression (names below, and those
that the program prints as `name value`), true within 1 % (or 512 bytes); `low..high` is a range.
Other comments: `# needs: numpy`, `# dies: SIGKILL`, `# undecided: why` (at most three programs).
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import shared_library

PROGRAMS = Path(__file__).resolve().parent / "programs"
TOLERANCE = 0.01
LEAST_BYTES = 512
FIGURES = ("peak", "end", "total", "count")


@dataclass(frozen=True)
class Truth:
    """What a line holds: low <= figure <= high is right."""

    line: int
    figure: str
    expression: str

    def bounds(self, names: dict[str, int]) -> tuple[float, float]:
        """(lowest, highest) right value."""
        known = {"MiB": 1 << 20, "getsizeof": sys.getsizeof, "version": sys.version_info[1]} | names
        ends = [eval(part, dict(known)) for part in self.expression.split("..")]
        if len(ends) == 2:
            return ends[0], ends[1]
        slack = max(TOLERANCE * ends[0], 0 if self.figure == "count" else LEAST_BYTES)
        return ends[0] - slack, ends[0] + slack


@dataclass(frozen=True)
class Program:
    """One program of the oracle."""

    path: Path
    truths: tuple[Truth, ...]
    needs: str = ""
    dies: str = ""
    undecided: str = ""
    title: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """Its file's name."""
        return self.path.stem


def programs() -> list[Program]:
    """All programs, by name."""
    return [_read(path) for path in sorted(PROGRAMS.glob("*.py")) if path.stem != "native"]


def said_names(stdout: str) -> dict[str, int]:
    """`name value` lines that a program printed."""
    return {m[1]: int(m[2]) for m in re.finditer(r"^(\w+) (\d+)$", stdout, re.MULTILINE)}


def build_library(directory: Path) -> Path:
    """Compiles the programs' native library; returns its path."""
    source = Path(__file__).resolve().parent / "truthlib.cpp"
    return shared_library(directory / "libtruth.so", source.read_text())


def _read(path: Path) -> Program:
    text = path.read_text()
    truths = []
    for number, line in enumerate(text.splitlines(), 1):
        _, mark, said = line.partition("# truth: ")
        for word in said.split() if mark else ():
            figure, equals, expression = word.partition("=")
            assert equals and figure in FIGURES, f"{path.name}:{number}: {word}"
            truths.append(Truth(number, figure, expression))
    remarks = {
        m[1]: m[2] for m in re.finditer(r"^# (needs|dies|undecided): (.+)$", text, re.MULTILINE)
    }
    assert truths, path
    return Program(path, tuple(truths), title=text.split('"""')[1], **remarks)
