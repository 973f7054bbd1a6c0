"""The time axis: who ran when, what the collector did, and calls counted exactly."""

from __future__ import annotations

import json
import pstats
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heapwise.analyze.collector import collector
from heapwise.analyze.selection import Selection
from heapwise.analyze.spans import spans
from heapwise.model.recording import Recording
from tests.conftest import Runner, python

PHASES = """
import gc, time
def load():
    global data
    data = [bytes(1000) for _ in range(60_000)]
    time.sleep(0.25)
def compute():
    more = [bytes(2000) for _ in range(40_000)]
    time.sleep(0.25)
def drop():
    data.clear()
    time.sleep(0.25)
gc.disable()
time.sleep(0.05); load(); time.sleep(0.15); compute(); time.sleep(0.15); drop()
"""


def test_functions_are_brackets_under_the_curve(run_program: Runner) -> None:
    run = run_program(PHASES, options=["-q"])
    table = {row["function"]: row for row in spans(run.recording, Selection(limit=0)).rows()}
    assert list(table) == ["load", "compute", "drop"]
    load, compute, drop = table.values()
    assert load["end_s"] <= compute["start_s"] + 0.05 < compute["end_s"] <= drop["start_s"] + 0.05
    assert load["after_bytes"] - load["before_bytes"] == pytest.approx(60_000 * 1033, rel=0.05)
    assert compute["highest_bytes"] - load["after_bytes"] == pytest.approx(40_000 * 2033, rel=0.05)
    assert abs(compute["after_bytes"] - load["after_bytes"]) < 5e6
    assert drop["after_bytes"] < 2e6
    for row in table.values():
        assert row["end_s"] - row["start_s"] >= 0.24  # each sleeps for 0.25 s
    text = report(run.path, "--view", "time")
    assert "├" in text and "▲" in text and "compute" in text
    document = json.loads(report(run.path, "--view", "time", "--json"))
    assert [row["function"] for row in document["spans"]] == ["load", "compute", "drop"]
    assert len(document["timeline"]) == 72


def test_the_firefox_profiler_is_told_where_the_main_thread_was(run_program: Runner) -> None:
    run = run_program(PHASES, options=["-q"])
    command = [sys.executable, "-m", "heapwise", "export", str(run.path), "--format", "gecko"]
    thread = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["threads"][
        0
    ]
    strings, frames = thread["stringTable"], thread["frameTable"]["data"]
    stacks, samples = thread["stackTable"]["data"], thread["samples"]["data"]

    def functions(stack: int | None) -> set[str]:
        found = set()
        while stack is not None:
            stack, frame = stacks[stack]
            found.add(strings[frames[frame][0]].split(" ")[0])
        return found

    told = [functions(stack) for stack, _, _ in samples]
    assert len(told) >= 60
    assert [name for name in ("load", "compute", "drop") if any(name in names for names in told)] == [
        "load", "compute", "drop",
    ]  # fmt: skip
    first = {
        name: next(i for i, names in enumerate(told) if name in names)
        for name in ("load", "compute", "drop")
    }
    assert first["load"] < first["compute"] < first["drop"]


def report(path: Path, *options: str) -> str:
    command = [sys.executable, "-m", "heapwise", "report", str(path), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_collections_are_counted_and_timed(run_program: Runner) -> None:
    run = run_program(
        """
        import gc, time
        gc.collect()
        gc.disable()
        kept = [[i] for i in range(400_000)]
        for generation in (0, 1, 2, 2):
            a = []; b = [a]; a.append(b); del a, b
            gc.collect(generation)
        print("ok")
        """,
        options=["-q"],
    )
    assert run.stdout == "ok\n"
    recording = run.recording
    rows = recording.collections
    assert (rows[0].runs_count, rows[1].runs_count) >= (1, 1)
    full = rows[2]
    assert full.runs_count >= 3
    assert sum(row.collected_count for row in rows) >= 8
    assert full.longest_ns > 1_000_000  # 400 000 lists are not looked at in a millisecond
    assert full.pauses_ns >= full.longest_ns
    long_ones = [pause for pause in recording.pauses if pause.generation == 2]
    assert long_ones and all(
        0 < pause.time_s <= recording.summary.duration_s for pause in long_ones
    )
    note = collector(recording).note
    assert note.startswith("The program stood still") and "%" in note


def test_listening_to_the_collector_leaves_nothing_and_books_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.hw"
    source = f"""
    import gc, heapwise
    from heapwise.capture.core import native
    listeners = lambda: gc.callbacks.count(native().collector_event)
    with heapwise.record({str(path)!r}):
        assert listeners() == 1
        with heapwise.record():
            assert listeners() == 1
        assert listeners() == 1
        for _ in range(2000):
            gc.collect(0)
    assert gc.callbacks == []
    """
    python(source)
    recording = Recording.open(path)
    assert recording.collections[0].runs_count == 2000
    # Eight strings a collection would be 16 000 blocks of 60 bytes on the line of gc.collect.
    sites = recording.sites
    count = sum(
        sites.figures["total_count"][row]
        for row in range(len(sites))
        if (recording.frames[sites.frame[row]].file, recording.frames[sites.frame[row]].line)
        == ("<string>", 11)
    )
    assert count < 100


CALLS = """
import threading
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
class Thing:
    def method(self):
        return [bytes(100) for _ in range(10)]
def main():
    fib(12)
    thing = Thing()
    kept = [thing.method() for _ in range(30)]
    return len(kept)
main()
"""


def test_calls_are_counted_exactly(run_program: Runner, tmp_path: Path) -> None:
    run = run_program(CALLS, options=["-q", "--calls"])
    rows: dict[str, dict[str, Any]] = {
        row["function"]: row
        for row in json.loads(report(run.path, "--view", "calls", "--json", "--limit", "0"))[
            "calls"
        ]
    }
    assert (rows["fib"]["calls_count"], rows["fib"]["primitive_count"]) == (465, 1)
    assert rows["Thing.method"]["calls_count"] == 30
    assert rows["Thing.method"]["total_bytes"] >= 30 * 10 * 133
    assert rows["main"]["cumulative_ms"] >= rows["fib"]["cumulative_ms"]
    functions = json.loads(report(run.path, "--view", "functions", "--json", "--limit", "0"))[
        "functions"
    ]
    assert next(r for r in functions if r["function"] == "Thing.method")["calls_count"] == 30
    out = tmp_path / "calls.pstats"
    subprocess.run(
        [sys.executable, "-m", "heapwise", "export", str(run.path), "-o", str(out)], check=True
    )
    stats = pstats.Stats(str(out)).stats  # type: ignore[attr-defined]
    fib = next(value for key, value in stats.items() if key[2] == "fib")
    assert fib[:2] == (1, 465)
    assert next(iter(callers := fib[4])) and {key[2] for key in callers} == {"fib", "main"}
    assert not list(run.path.parent.glob("*.calls"))


def test_calls_of_children_are_added(run_program: Runner) -> None:
    run = run_program(
        CALLS
        + "import os\npid = os.fork()\nif pid == 0:\n    fib(5)\n    raise SystemExit\nos.waitpid(pid, 0)\n",
        options=["-q", "--calls"],
    )
    rows = json.loads(report(run.path, "--view", "calls", "--json", "--limit", "0"))["calls"]
    assert next(r for r in rows if r["function"] == "fib")["calls_count"] == 465 + 15


def test_samples_stand_for_calls_where_none_were_counted(
    run_program: Runner, tmp_path: Path
) -> None:
    run = run_program(
        """
        def spin():
            for i in range(6_000_000): pass
        def outer():
            spin()
        outer()
        """,
        options=["-q"],
    )
    assert "record with `heapwise run --calls`" in report(run.path, "--view", "calls")
    out = tmp_path / "cpu.prof"
    subprocess.run(
        [sys.executable, "-m", "heapwise", "export", str(run.path), "-o", str(out)], check=True
    )
    stats = {key[2]: value for key, value in pstats.Stats(str(out)).stats.items()}  # type: ignore[attr-defined]
    assert stats["spin"][2] == pytest.approx(stats["outer"][3], rel=0.2)
    assert stats["outer"][2] < 0.2 * stats["spin"][2]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there a second profiler is refused")
def test_a_profiler_of_the_program_ends_the_count_and_that_is_said(run_program: Runner) -> None:
    run = run_program(
        """
        import cProfile
        def work(): pass
        work()
        own = cProfile.Profile(); own.enable(); work(); own.disable()
        work()
        """,
        options=["-q", "--calls"],
    )
    assert "Not all calls were counted" in report(run.path, "--view", "calls")
