"""The scoreboard of accuracy: every tool on every program of the oracle (tests/truth).

A tool is right about a program when each figure that it offers by line is within 1 % of the truth, on
the right line: Heapwise offers peak, end, total; memray, Fil and Scalene the peak; tracemalloc what lives
at the end. Writes results/truth.json, and with --markdown a page.

    python bench/truth.py --markdown docs/accuracy.md
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from overhead import rivals_python  # noqa: E402
from tests.truth.oracle import Program, build_library, programs, said_names  # noqa: E402

Lines = dict[str, dict[int, float]]
"""Figure -> line -> bytes."""
TIMEOUT_S = 180


def run(command: list[str], place: Path, environment: dict[str, str]) -> str:
    """Runs a command in a directory; returns its stdout. Exit codes are the program's business."""
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S,
        check=False,
    )  # fmt: skip
    return done.stdout


def heapwise(
    python: str, program: str, place: Path, environment: dict[str, str]
) -> tuple[Lines, str]:
    """Peak, end and total by line."""
    said = run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", "a.hw", program], place, environment
    )
    answer = run(
        [sys.executable, "-m", "heapwise", "report", "a.hw", "--view", "lines", "--json", "--limit", "0"],
        place, environment,
    )  # fmt: skip
    rows = [row for row in json.loads(answer)["lines"] if row["file"] == program]
    return {
        f: {row["line"]: row[f"{f}_bytes"] for row in rows} for f in ("peak", "end", "total")
    }, said


def memray(
    python: str, program: str, place: Path, environment: dict[str, str]
) -> tuple[Lines, str]:
    """Peak by line, of all processes that it followed."""
    said = run(
        [python, "-m", "memray", "run", "-q", "-f", "--trace-python-allocators", "--follow-fork",
         "-o", "a.bin", program], place, environment,
    )  # fmt: skip
    files = sorted(str(path) for path in place.glob("a.bin*"))
    answer = run(
        [python, str(HERE / "probes" / "memray_lines.py"), program, *files], place, environment
    )
    found = json.loads(answer)
    return {f: {int(line): size for line, size in found[f].items()} for f in found}, said


def fil(python: str, program: str, place: Path, environment: dict[str, str]) -> tuple[Lines, str]:
    """Peak by line."""
    said = run(
        [python, "-m", "filprofiler", "--no-browser", "-o", "fil", "run", program],
        place,
        environment,
    )
    held: dict[int, float] = {}
    for path in place.glob("fil/*/peak-memory.prof"):
        with path.open(errors="replace") as rows:
            for row in rows:
                stack, _, size = row.strip().rpartition(" ")
                lines = [int(m[1]) for m in re.finditer(re.escape(program) + r":(\d+)", stack)]
                if lines and size.isdigit():
                    held[lines[-1]] = held.get(lines[-1], 0) + int(size)
    return {"peak": held}, said


def scalene(
    python: str, program: str, place: Path, environment: dict[str, str]
) -> tuple[Lines, str]:
    """Peak by line."""
    said = run([python, "-m", "scalene", "run", "-o", "s.json", program], place, environment)
    path = place / "s.json"
    found = json.loads(path.read_text()) if path.exists() else {}
    rows = found.get("files", {}).get(program, {}).get("lines", [])
    return {"peak": {row["lineno"]: row["n_peak_mb"] * 2**20 for row in rows}}, said


def tracemalloc(
    python: str, program: str, place: Path, environment: dict[str, str]
) -> tuple[Lines, str]:
    """What lives at the end, by line."""
    said = run(
        [sys.executable, str(HERE / "probes" / "tracemalloc_lines.py"), "t.json", program],
        place,
        environment,
    )
    path = place / "t.json"
    found = json.loads(path.read_text()) if path.exists() else {"end": {}}
    return {"end": {int(line): size for line, size in found["end"].items()}}, said


TOOLS: dict[str, Callable[..., tuple[Lines, str]]] = {
    "heapwise": heapwise, "memray": memray, "fil": fil, "scalene": scalene, "tracemalloc": tracemalloc,
}  # fmt: skip


def judge(program: Program, lines: Lines, said: str) -> tuple[bool | None, list[str]]:
    """(right, wrong, or None where the tool offers no figure that is known), what is wrong."""
    asked = [truth for truth in program.truths if truth.figure in lines]
    if not asked:
        return None, []
    wrong = []
    for truth in asked:
        low, high = truth.bounds(said_names(said))
        found = lines[truth.figure].get(truth.line, 0)
        if not low <= found <= high:
            wrong.append(f"line {truth.line} {truth.figure} {found:.0f}, not {low:.0f}..{high:.0f}")
    return not wrong, wrong


def score(program: Program, tool: str, python: str, library: Path) -> tuple[bool | None, list[str]]:
    """One program under one tool, in a directory of its own."""
    with tempfile.TemporaryDirectory() as place:
        environment = os.environ | {"TRUTHLIB": str(library)}
        try:
            lines, said = TOOLS[tool](python, str(program.path), Path(place), environment)
        except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
            return False, [type(error).__name__]
        return judge(program, lines, said)


def markdown(document: dict[str, object], titles: dict[str, str]) -> str:
    """The scoreboard as a page."""
    tools, rows, meta = document["tools"], document["programs"], document["meta"]
    assert isinstance(tools, dict) and isinstance(rows, dict) and isinstance(meta, dict)
    marks = {True: "yes", False: "**no**", None: "-"}
    lines = [
        "# Accuracy", "",
        "Programs whose allocations are known to the byte, under each tool: is every figure that it gives by",
        "line within 1 % of the truth, on the right line? `-`: the tool gives none of the known figures.",
        f"Made by `python bench/truth.py --markdown docs/accuracy.md` on CPython {meta['python']}.", "",
        "| program | " + " | ".join(tools) + " |", "|---|" + "---|" * len(tools),
    ]  # fmt: skip
    for name, row in rows.items():
        lines.append(
            f"| {titles[name]} | " + " | ".join(marks[row[t]["right"]] for t in tools) + " |"
        )
    lines.append(
        "| **right** | "
        + " | ".join(f"{t['right']} of {t['asked']}" for t in tools.values())
        + " |"
    )
    undecided = document["undecided"]
    assert isinstance(undecided, dict)
    lines += [""] + [f"`{name}` is undecided: {why}." for name, why in undecided.items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Prints the scoreboard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--output", type=Path, default=HERE / "results" / "truth.json")
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    python = rivals_python(
        ["memray"] if set(options.tools) - {"heapwise", "tracemalloc"} else ["bare"]
    )
    chosen = [p for p in programs() if not p.needs or importlib.util.find_spec(p.needs)]
    rows: dict[str, dict[str, dict[str, object]]] = {}
    with tempfile.TemporaryDirectory() as place:
        library = build_library(Path(place))
        print(f"{'':24}" + "".join(f"{tool:>13}" for tool in options.tools))
        for program in chosen:
            row = {tool: score(program, tool, python, library) for tool in options.tools}
            rows[program.name] = {
                t: {"right": right, "wrong": wrong} for t, (right, wrong) in row.items()
            }
            marks = ({True: "yes", False: "no", None: "-"}[right] for right, _ in row.values())
            print(f"{program.name:24}" + "".join(f"{mark:>13}" for mark in marks), flush=True)
    tools = {
        tool: {
            "right": sum(row[tool]["right"] is True for row in rows.values()),
            "asked": sum(row[tool]["right"] is not None for row in rows.values()),
        }
        for tool in options.tools
    }
    print(f"{'right':24}" + "".join(f"{t['right']:>6} of {t['asked']:>3}" for t in tools.values()))
    document: dict[str, object] = {
        "meta": {"python": platform.python_version(), "machine": platform.machine()},
        "tools": tools,
        "undecided": {p.name: p.undecided for p in chosen if p.undecided},
        "programs": rows,
    }
    options.output.write_text(json.dumps(document, indent=2) + "\n")
    if options.markdown:
        options.markdown.write_text(
            markdown(document, {p.name: p.title.strip(".") for p in chosen})
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
