"""The scoreboard of proof: of the published faults in bench/programs/cases, each finding that saves memory, and whose
change can be made by itself, is made on a copy, and the program runs before and after.

Stated: what `heapwise advise` says the change saves. Proved: by how much the peak of the heap is lower with it (or that
of the resident set, whichever is nearer; what child processes have of their own, where that is the aim), in the median
of three runs of each. A change after which the program answers something else, or fails, is a fault of Heapwise's.

    python bench/proved.py [BEGINNING OF A NAME...]
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import unseen
from cases import CASES, CONTROL

_NEAR, _BESIDE = 0.1, 2
_PROVED = "proved"
_OF_CHILDREN, _PEAKS = {"private_bytes"}, {"peak_bytes", "peak_rss_bytes"}


def rows_of(name: str) -> list[dict[str, Any]]:
    """One row for each change of a program that was tried; none where it does not run here, or has no such change."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "app"
        place.mkdir()
        for file in (f"{name}.py", "harness.py"):
            shutil.copy(CASES / file, place)
        out = Path(folder) / "run.hw"
        if not unseen.is_recorded(place, out, f"{name}.py", "bad"):
            return []
        prove = ("--prove", "--rounds", "3", "--root", str(place))
        told = unseen.heapwise(place, "advise", str(out), *prove, "--json")
        found = json.loads(told.stdout)["findings"]
    return [
        {
            "program": name,
            "code": each["code"],
            "line": each["line"],
            "stated_bytes": each["saving_bytes"],
            "verdict": each["proof"]["verdict"],
            "why": each["proof"]["why"],
            **_proved(each),
        }
        for each in found
        if each["proof"] is not None and each["saving_bytes"]
    ]


def tried(name: str) -> list[dict[str, Any]] | None:
    """The rows of a program; None where Heapwise fails on it, or takes longer than it may."""
    try:
        return rows_of(name)
    except (ValueError, subprocess.TimeoutExpired) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None


def _proved(finding: dict[str, Any]) -> dict[str, Any]:
    """What its change saved, and how far from that what was said is."""
    changes = finding["proof"]["changes"]
    saved = {name: -round(change["change"]) for name, change in changes.items()}
    named = _OF_CHILDREN if _OF_CHILDREN & saved.keys() else _PEAKS & saved.keys()
    stated = finding["saving_bytes"]
    nearest = min((saved[name] for name in named), key=lambda by: abs(by - stated), default=None)
    error = round(stated / nearest - 1, 4) if nearest and nearest > 0 else None
    return {"proved_bytes": nearest, "error": error}


def _line(row: dict[str, Any]) -> str:
    error = "-" if row["error"] is None else f"{row['error']:+.1%}"
    why = "" if row["verdict"] == _PROVED else ": " + row["why"].splitlines()[0]
    return (
        f"{row['program'][:44]:46}{row['code']:>8}{row['line']:6}{row['stated_bytes']:13}"
        f"{row['proved_bytes'] or 0:13}{error:>9}  {row['verdict']}{why}"
    )


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    names = [
        name for name, truth in json.loads((CASES / "truth.json").read_text()).items()
        if truth["kind"] != CONTROL and (not wanted or name.startswith(tuple(wanted)))
    ]  # fmt: skip
    rows = []
    with ThreadPoolExecutor(_BESIDE) as pool:  # sizes are measured, not times
        for name, found in zip(names, pool.map(tried, names), strict=True):
            told = [f"{name}: {'failed' if found is None else 'none'}"]
            print(*(map(_line, found) if found else told), sep="\n", file=sys.stderr, flush=True)
            rows += found or []
    lines = [
        f"{'program':46}{'finding':>8}{'line':>6}{'stated':>13}{'proved':>13}{'error':>9}  verdict",
        *map(_line, rows),
    ]
    proved = [row for row in rows if row["verdict"] == _PROVED]
    near = sum(abs(row["error"]) <= _NEAR for row in proved if row["error"] is not None)
    lines.append(
        f"{len(rows)} changes of {len({row['program'] for row in rows})} programs (of {len(names)}) were tried: "
        f"{len(proved)} proved, of which {near} stated within 10 %"
    )
    return unseen.keep("proved", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
