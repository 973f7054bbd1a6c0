"""What recording costs: CPU time and resident set of whole processes, beside other tools.

Each workload runs bare and under each tool in turn, in fresh processes, several rounds; the ratio is
taken pair by pair (the tool's run against the bare run of the same round) and the median is shown.
Heapwise is built and installed as a wheel, as its users have it, into bench/.installed (an editable
checkout starts slower), rivals into an environment of their own (bench/.rivals). Writes
results/overhead.json and a table.

    python bench/overhead.py --rounds 5 --tools exact sampled memray tracemalloc
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from environments import environment, install_checkout

from heapwise.model.recording import Recording

HERE = Path(__file__).resolve().parent
WORKLOADS = sorted(path.stem for path in (HERE / "workloads").glob("*.py"))
INSTALLED_HOME, RIVALS_HOME = HERE / ".installed", HERE / ".rivals"
RIVALS = [
    "memray", "scalene", "filprofiler", "memory_profiler", "objgraph", "guppy3", "pympler", "setuptools<81",
]  # fmt: skip
BARS = {"exact": (1.35, 1.60), "sampled": (1.04, 1.08)}
MOST_TIMES = 15
"""A tool that takes longer than so many times the bare run is stopped, and has no figures."""
STOPPED: dict[str, float] = {"stopped_after_times": MOST_TIMES}
BYTES_PER_BLOCK = 32
FLAT_BYTES = 16 * 2**20


def commands(python: str, rivals: str, script: str, scratch: str) -> dict[str, list[str]]:
    """Tool -> command line that runs a script under it."""
    return {
        "bare": [python, script],
        "exact": [python, "-m", "heapwise", "run", "-q", "-o", f"{scratch}/exact.hw", script],
        "sampled": [python, "-m", "heapwise", "run", "-q", "--sample", "-o", f"{scratch}/s.hw", script],
        "verdict": [python, "-m", "heapwise", "run", "-o", f"{scratch}/v.hw", script],
        "memray-python": [rivals, "-m", "memray", "run", "-f", "-q", "--trace-python-allocators",
                          "-o", f"{scratch}/a.bin", script],
        "memray": [rivals, "-m", "memray", "run", "-f", "-q", "-o", f"{scratch}/b.bin", script],
        "tracemalloc": [python, "-X", "tracemalloc=1", script],
        "fil": [rivals, "-m", "filprofiler", "--no-browser", "-o", f"{scratch}/fil", "run", script],
        "scalene": [rivals, "-m", "scalene", "run", "-o", f"{scratch}/scalene.json", script],
        "memory_profiler": [rivals, "-m", "mprof", "run", "-o", f"{scratch}/m.dat", script],
    }  # fmt: skip


def measure(command: list[str], scratch: str, limit_s: float = 600.0) -> dict[str, float] | None:
    """CPU seconds (descendants included) and the largest resident set of one run; None if it fails. What
    takes longer than the limit is stopped, and is STOPPED."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=scratch, start_new_session=True
        )
        timer = threading.Timer(limit_s, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        stopped = not timer.is_alive()
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if stopped:
            return STOPPED
        if process.returncode != 0:
            out.seek(0)
            sys.stderr.write(out.read().decode(errors="replace")[-400:])
            return None
    return {"cpu_s": usage.ru_utime + usage.ru_stime, "rss_bytes": usage.ru_maxrss * 1024}


def live_blocks(path: Path) -> float:
    """How many blocks lived at the peak of a recording: what exact mode's memory grows with."""
    return sum(Recording.open(path).sites.figures["peak_count"])


def installed_python() -> str:
    """The interpreter that has this checkout as a wheel, built anew."""
    python = environment(INSTALLED_HOME, ["numpy", "pandas"])
    install_checkout(python)
    return python


def rivals_python(wanted: list[str]) -> str:
    """The interpreter that has the rivals, when one is wanted."""
    if {"exact", "sampled", "verdict", "bare", "tracemalloc"} >= set(wanted):
        return sys.executable
    return environment(RIVALS_HOME, [*RIVALS, "numpy", "pandas"])


def run(options: argparse.Namespace) -> dict[str, object]:
    """Measures all pairs, our own tools first; returns the document."""
    own_python, rivals = installed_python(), rivals_python(options.tools)
    rows: dict[str, dict[str, object]] = {name: {} for name in options.workloads}
    own = [tool for tool in options.tools if tool in BARS]
    others = [tool for tool in options.tools if tool not in BARS]
    for tools, rounds in ((own, options.rounds), (others, options.rival_rounds)):
        for workload in options.workloads if tools else ():
            rows[workload] |= measure_workload(workload, tools, rounds, (own_python, rivals))
            print(line(workload, rows[workload], tools), flush=True)
    return {
        "meta": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "rounds": options.rounds,
            "rival_rounds": options.rival_rounds,
        },
        "workloads": rows,
        "geometric_mean": {tool: mean(rows, tool) for tool in options.tools},
        "worst": {tool: worst(rows, tool) for tool in options.tools},
    }


def measure_workload(
    workload: str, tools: list[str], rounds: int, pythons: tuple[str, str]
) -> dict[str, dict[str, float] | None]:
    """The figures of each tool on one workload, from `rounds` interleaved pairs; None if it failed."""
    script = str(HERE / "workloads" / f"{workload}.py")
    pairs: dict[str, list[tuple[dict[str, float], dict[str, float]]]] = {t: [] for t in tools}
    stopped: set[str] = set()
    files: dict[str, int] = {}
    blocks: dict[str, float] = {}
    for _ in range(rounds):
        for tool in tools:
            with tempfile.TemporaryDirectory() as scratch:
                command = commands(*pythons, script, scratch)[tool]
                # A rival's own environment has its own libraries.
                bare = measure([command[0], script], scratch)
                limit_s = max(60.0, MOST_TIMES * bare["cpu_s"]) if bare else 600.0
                under = measure(command, scratch, limit_s)
                if tool in BARS and not list(Path(scratch).glob("*.hw")):
                    under = None  # it ran, but nothing was recorded: no cost to speak of
                if under is STOPPED:
                    stopped.add(tool)
                elif bare and under:
                    pairs[tool].append((bare, under))
                for path in Path(scratch).glob("*.hw"):
                    files[tool] = max(files.get(tool, 0), path.stat().st_size)
                    blocks[tool] = max(blocks.get(tool, 0), live_blocks(path))
    return {
        tool: {
            "ratio": statistics.median(u["cpu_s"] / b["cpu_s"] for b, u in found),
            "low": min(u["cpu_s"] / b["cpu_s"] for b, u in found),
            "high": max(u["cpu_s"] / b["cpu_s"] for b, u in found),
            "bare_cpu_s": statistics.median(b["cpu_s"] for b, _ in found),
            "rss_added_bytes": statistics.median(u["rss_bytes"] - b["rss_bytes"] for b, u in found),
            "bare_rss_bytes": statistics.median(b["rss_bytes"] for b, _ in found),
            "file_bytes": files.get(tool, 0),
            "live_blocks_at_peak": round(blocks.get(tool, 0)),
        }
        if found
        else STOPPED
        if tool in stopped
        else None
        for tool, found in pairs.items()
    }


def ratios(rows: dict[str, dict[str, object]], tool: str) -> list[float]:
    """The median ratios of a tool over the workloads that it survived."""
    return [row[tool]["ratio"] for row in rows.values() if "ratio" in (row[tool] or {})]  # type: ignore[index,operator]


def mean(rows: dict[str, dict[str, object]], tool: str) -> float | None:
    """The geometric mean of a tool's ratios."""
    found = ratios(rows, tool)
    return statistics.geometric_mean(found) if found else None


def worst(rows: dict[str, dict[str, object]], tool: str) -> float | None:
    """A tool's largest ratio."""
    return max(ratios(rows, tool), default=None)


def line(name: str, row: dict[str, object], tools: list[str]) -> str:
    """One row of the table: ratio of CPU time, and resident set added."""
    cells = []
    for tool in tools:
        cell = row[tool]
        if cell is None:
            cells.append(f"{'failed':>16}")
        elif cell is STOPPED:
            cells.append(f"{'over':>7} {MOST_TIMES}.00")
        elif isinstance(cell, dict):
            cells.append(f"{cell['ratio']:7.2f} {cell['rss_added_bytes'] / 2**20:+6.0f}M")
    return f"{name:18}" + "".join(f"{cell:>16}" for cell in cells)


def main() -> int:
    """Prints the table; exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    known = list(commands("", "", "", ""))
    parser.add_argument("--rounds", type=int, default=5, help="pairs of our own tools")
    parser.add_argument("--rival-rounds", type=int, default=1, help="pairs of all others")
    parser.add_argument(
        "--tools", nargs="+", choices=known, default=[t for t in known if t != "bare"]
    )
    parser.add_argument("--workloads", nargs="+", choices=WORKLOADS, default=WORKLOADS)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "overhead.json")
    options = parser.parse_args()
    print("CPU time as a multiple of bare Python's, and MiB of resident set added")
    print(f"{'':18}" + "".join(f"{tool:>16}" for tool in options.tools))
    document = run(options)
    means, worsts = document["geometric_mean"], document["worst"]
    assert isinstance(means, dict) and isinstance(worsts, dict)
    for name, values in (("geometric mean", means), ("worst", worsts)):
        print(f"{name:18}" + "".join(f"{values[t] or float('nan'):16.3f}" for t in options.tools))
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(document, indent=2) + "\n")
    rows = document["workloads"]
    assert isinstance(rows, dict)
    flat = {
        name: row["exact"]["rss_added_bytes"]
        - BYTES_PER_BLOCK * row["exact"]["live_blocks_at_peak"]
        for name, row in rows.items()
        if row.get("exact")
    }
    for name, size in flat.items():
        print(
            f"{name:18}{size / 2**20:+8.1f} MiB beyond {BYTES_PER_BLOCK} bytes a live block (exact)"
        )
    missed = ["flat memory"] if any(size > FLAT_BYTES for size in flat.values()) else []
    missed += [
        t
        for t, (m, w) in BARS.items()
        if t in means and ((means[t] or 99) > m or (worsts[t] or 99) > w)
    ]
    print("bars: " + (f"missed by {', '.join(missed)}" if missed else "met"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
