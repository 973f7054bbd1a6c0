"""The scoreboard of leaks: every tool on every leaking program of tests/leaks and on its mended twin.

A tool has found a leak when it flags the leaking program and leaves its twin alone. It has named the line when
the marked line is among those that it flags, and the holder when it tells the path that keeps the objects.
objgraph flags types of which there are more after every round; tracemalloc lines of the program that hold more
after every round; memray lines with 64 bytes a round that were never freed; Scalene what it calls leaks. What
fills to a bound (`filling`) counts as clean.

    python bench/leaks.py [PROGRAM...]
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from overhead import rivals_python  # noqa: E402

PROGRAMS = HERE.parent / "tests" / "leaks" / "programs"
TIMEOUT_S = 180
LEAST_BYTES = 64 * 8

Said = dict[str, Any]


def run(command: list[str], place: Path) -> str:
    """The last line of a command's stdout; empty when it says nothing."""
    try:
        done = subprocess.run(
            command, cwd=place, capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    lines = done.stdout.strip().splitlines()
    return lines[-1] if lines else ""


def heapwise(_: str, program: Path, which: str, place: Path) -> Said:
    """Its verdict, lines and holders."""
    harness = HERE.parent / "tests" / "leaks" / "harness.py"
    found = json.loads(run([sys.executable, str(harness), program.stem, which], place) or "{}")
    rows = [*found.get("suspects", []), *found.get("findings", [])]
    return {
        "flagged": found.get("verdict") == "leak",
        "lines": [row["line"] for row in rows if row["file"] == str(program)],
        "holders": [row["holder"] for row in rows],
        "codes": [row["code"] for row in rows],
    }


def library(tool: str) -> Callable[[str, Path, str, Path], Said]:
    """objgraph or tracemalloc, in the program's own process."""

    def ask(python: str, program: Path, which: str, place: Path) -> Said:
        probe = str(HERE / "probes" / "leak_rivals.py")
        return dict(json.loads(run([python, probe, str(program), which, tool], place) or "{}"))

    return ask


def memray(python: str, program: Path, which: str, place: Path) -> Said:
    """Lines with allocations that were never freed."""
    rounds = str(HERE / "probes" / "leak_rounds.py")
    run([python, "-m", "memray", "run", "-q", "-f", "--trace-python-allocators", "-o", "a.bin",
         rounds, str(program), which], place)  # fmt: skip
    probe = str(HERE / "probes" / "memray_leaks.py")
    held = json.loads(run([python, probe, str(program), "a.bin"], place) or "{}")
    lines = [int(line) for line, size in held.items() if size >= LEAST_BYTES]
    return {"flagged": bool(lines), "lines": lines}


def scalene(python: str, program: Path, which: str, place: Path) -> Said:
    """What it lists as leaks."""
    rounds = str(HERE / "probes" / "leak_rounds.py")
    run(
        [
            python,
            "-m",
            "scalene",
            "run",
            "-o",
            "s.json",
            "--profile-all",
            rounds,
            "---",
            str(program),
            which,
        ],
        place,
    )
    path = place / "s.json"
    found = json.loads(path.read_text()) if path.exists() else {}
    lines = [
        int(line)
        for file, about in found.get("files", {}).items()
        if file == str(program)
        for line in about.get("leaks", {})
    ]
    return {"flagged": bool(lines), "lines": lines}


TOOLS: dict[str, Callable[[str, Path, str, Path], Said]] = {
    "heapwise": heapwise,
    "objgraph": library("objgraph"),
    "tracemalloc": library("tracemalloc"),
    "memray": memray,
    "scalene": scalene,
}


def expected(program: Path) -> tuple[str, str, int]:
    """(code, holder, marked line; 0: none is marked)."""
    lines = program.read_text().splitlines()
    space: dict[str, str] = {}
    exec(lines[0], space)
    marked = [number for number, text in enumerate(lines, 1) if text.endswith("# here")]
    return space["CODE"], space["HOLDER"], marked[0] if marked else 0


def main() -> None:
    """Runs all, prints the table, writes results/leaks.json."""
    wanted = set(sys.argv[1:])
    python = rivals_python(["memray"])
    rows: list[dict[str, Any]] = []
    for program in sorted(PROGRAMS.glob("*.py")):
        if wanted and program.stem not in wanted:
            continue
        code, holder, line = expected(program)
        text = program.read_text()
        parts = [part for part in ("leaking", "filling", "clean") if f"def {part}(" in text]
        for tool, ask in TOOLS.items():
            for which in parts:
                with tempfile.TemporaryDirectory() as place:
                    said = ask(python, program, which, Path(place))
                rows.append(
                    {
                        "program": program.stem, "which": which, "tool": tool,
                        "flagged": bool(said.get("flagged")),
                        "line": line in said.get("lines", []) if line else None,
                        "holder": any(holder in text for text in said.get("holders", [])) if holder else None,
                        "code": code in said.get("codes", []) if code else None,
                    }
                )  # fmt: skip
        print(program.stem, flush=True)
    table = {tool: score([row for row in rows if row["tool"] == tool]) for tool in TOOLS}
    for tool, figures in table.items():
        print(f"{tool:12}" + "  ".join(f"{name} {value}" for name, value in figures.items()))
    if not wanted:
        about = {"python": platform.python_version(), "machine": platform.machine()}
        result = {"about": about, "tools": table, "rows": rows}
        (HERE / "results" / "leaks.json").write_text(json.dumps(result, indent=1) + "\n")


def score(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Recall, false alarms, and of the leaks how many with the right line and holder."""
    leaking = [row for row in rows if row["which"] == "leaking"]
    clean = [row for row in rows if row["which"] != "leaking"]
    found = [row for row in leaking if row["flagged"]]
    lines = [row for row in found if row["line"] is not None]
    holders = [row for row in found if row["holder"] is not None]
    return {
        "found": f"{len(found)}/{len(leaking)}",
        "false alarms": f"{sum(row['flagged'] for row in clean)}/{len(clean)}",
        "line": f"{sum(row['line'] for row in lines)}/{len(lines)}",
        "holder": f"{sum(row['holder'] for row in holders)}/{len(holders)}",
    }


if __name__ == "__main__":
    main()
