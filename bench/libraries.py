"""The scoreboard of real libraries: faults that were published and mended in a later version.

bench/programs/libraries has a program for each, an ordinary use of the library. It runs under the version that has the
fault and under the one that has not, each in an environment of its own (bench/.libraries), and is judged as those of
bench/cases.py are; the second is the twin. Their author knew no rule, and nothing of Heapwise.

    python bench/libraries.py [BEGINNING OF A NAME...]
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cases
import unseen
from environments import environment, install_checkout

HERE = Path(__file__).resolve().parent
PROGRAMS, HOMES = HERE / "programs" / "libraries", HERE / ".libraries"
_ARMS = ("bad", "good")


def score(name: str, truth: dict[str, Any], pythons: dict[str, str]) -> dict[str, Any] | None:
    """One program's row; None where it does not run here."""
    file, seen = f"{name}.py", {}
    for arm in _ARMS:
        with tempfile.TemporaryDirectory() as place:  # nothing beside it is the program's
            shutil.copy(PROGRAMS / file, place)
            seen[arm] = unseen.looked_at(Path(place), file, leaks=True, python=pythons[arm])
    bad, good = seen["bad"], seen["good"]
    if bad is None or good is None:
        return None
    row = unseen.judged(name, truth, bad, good, file, is_alone=True)
    return cases.with_leaks(row, truth, bad, good, file)


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    known = json.loads((PROGRAMS / "truth.json").read_text())
    names = [name for name in known if not wanted or name.startswith(tuple(wanted))]
    pythons = {
        name: {arm: environment(HOMES / name / arm, known[name][arm]) for arm in _ARMS}
        for name in names
    }
    install_checkout(*(python for arms in pythons.values() for python in arms.values()))
    with ThreadPoolExecutor(2) as pool:  # sizes are measured, not times
        found = pool.map(lambda name: score(name, known[name], pythons[name]), names)
        rows = [row for row in found if row is not None]
    lines = [*unseen.table(rows, len(names) - len(rows)), *cases.lines_of_kept(rows)]
    return unseen.keep("libraries", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
