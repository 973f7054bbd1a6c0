"""Findings on a whole run: what the collector costs, and what forked processes copy. Each has a twin that is silent."""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from heapwise.analyze.sharing import unshared
from heapwise.model.family import open_family
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.views.advise import _first
from tests.conftest import Runner, advice, python

# Before 3.14 the collector begins after 700 new objects, then after 2000.
KEEPS = f"""
    kept = []
    for i in range({800_000 if sys.version_info < (3, 14) else 2_000_000}): kept.append([i])
"""
KEEPS_MENDED = "import gc\ngc.set_threshold(500_000, 10, 10)\n" + textwrap.dedent(KEEPS)
MAKES_CYCLES = """
    class Node:
        pass
    for i in range(400_000):
        a, b = Node(), Node()
        a.other, b.other = b, a
"""

COLLECTS = """
    import gc, os, time
    index = {i: [i, str(i)] for i in range(200_000)}
    FREEZE
    def child():
        gc.collect()
        time.sleep(0.3)
        os._exit(0)
    children = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0: child()
        children.append(pid)
    for pid in children: os.waitpid(pid, 0)
"""

READS = """
    import gc, multiprocessing, sys
    names = MADE
    gc.collect(); gc.freeze()
    def child():
        total = 0
        for i in range(len(names)): total += len(names[i])
    if __name__ == "__main__":
        process = multiprocessing.get_context("fork").Process(target=child)
        process.start(); process.join()
"""
STRINGS = "[f'image-{i:09d}.jpg' for i in range(400_000)]"
PACKED = "memoryview(b''.join(b'image-%09d.jpg' % i for i in range(400_000)))[::19]"


def advised(path: Path, *options: str) -> dict[str, Any]:
    return {each["code"]: each for each in advice(path, *options)["findings"]}


def test_a_collector_that_finds_nothing_is_found_and_the_threshold_measured(
    run_program: Runner,
) -> None:
    # What the start leaves: on 3.13 the parts of a class of types, which the finder of an editable install imports.
    left = run_program("import gc; print(gc.collect())").stdout.strip()
    run = run_program(KEEPS)
    finding = advised(run.path, "--prove", "--rounds", "2")["HW401"]
    assert "gc.set_threshold(" in finding["fix"]
    assert f"found {left} objects" in " ".join(finding["evidence"])
    assert finding["line"] == 3
    times = finding["proof"]["changes"]["time_s"]
    assert times["change"] < 0
    assert finding["proof"]["same_output"]


def test_a_collector_that_finds_nothing_in_a_worker_is_found(run_program: Runner) -> None:
    run = run_program(
        "import multiprocessing\ndef work():\n"
        + textwrap.indent(textwrap.dedent(KEEPS).strip(), "    ")
        + "\nprocess = multiprocessing.get_context('fork').Process(target=work)\n"
        + "process.start(); process.join()\n"
    )
    [child] = open_family(run.path).children
    finding = advised(run.path)["HW401"]
    assert f"in process {child.meta['pid']}" in finding["evidence"][0]
    assert (finding["function"], finding["line"]) == ("work", 4)


@pytest.mark.parametrize("source", [KEEPS_MENDED, MAKES_CYCLES])
def test_a_collector_that_is_worth_its_time_is_not(source: str, run_program: Runner) -> None:
    assert "HW401" not in advised(run_program(source).path)


def test_children_that_collect_are_found_and_the_freeze_measured(run_program: Runner) -> None:
    run = run_program(COLLECTS.replace("FREEZE", ""))
    children = unshared(open_family(run.path).children)
    assert len(children) == 2
    assert all(each.by_collector_bytes > 10_000_000 for each in children)
    found = advised(run.path, "--prove", "--rounds", "1")
    assert "HW403" not in found
    finding = found["HW402"]
    assert "gc.freeze()" in finding["fix"]
    assert finding["saving_bytes"] > 20_000_000
    assert finding["proof"]["verdict"] == "proved"
    change = finding["proof"]["changes"]["private_bytes"]["change"]
    assert -change == pytest.approx(finding["saving_bytes"], rel=0.3)


def test_children_that_collect_after_a_freeze_are_not(run_program: Runner) -> None:
    found = advised(run_program(COLLECTS.replace("FREEZE", "gc.collect(); gc.freeze()")).path)
    assert not found.keys() & {"HW402", "HW403"}


def test_children_that_read_objects_are_found(run_program: Runner) -> None:
    run = run_program(READS.replace("MADE", STRINGS))
    found = advised(run.path)
    assert "HW402" not in found
    finding = found["HW403"]
    assert finding["line"] == 3
    assert 0.8 * 400_000 * 64 < finding["saving_bytes"] < 1.5 * 400_000 * 72
    [child] = unshared(open_family(run.path).children)
    assert child.allocated_bytes < 2_000_000


def test_children_that_read_a_buffer_are_not(run_program: Runner) -> None:
    run = run_program(READS.replace("MADE", PACKED))
    assert len(unshared(open_family(run.path).children)) == 1
    assert not advised(run.path).keys() & {"HW402", "HW403"}


def test_children_that_make_their_own_objects_are_not(run_program: Runner) -> None:
    source = """
    import os
    small = list(range(1000))
    if os.fork() == 0:
        made = [str(i) for i in range(300_000)]
        os._exit(0)
    os.wait()
    """
    assert not advised(run_program(source).path).keys() & {"HW402", "HW403"}


def test_a_recording_that_does_not_tell_is_unknown(
    run_program: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_program(READS.replace("MADE", STRINGS))
    [child] = open_family(run.path).children
    again = Recording.open(child.path)
    optional = again._container.optional
    monkeypatch.setattr(
        type(again._container), "optional",
        lambda _, table, name: None if table == "sharing" else optional(table, name),
    )  # fmt: skip
    assert again.sharing == []
    assert unshared([again]) == []
    assert run.recording.sharing == []


def test_what_saves_time_alone_is_not_cut_off() -> None:
    found = [
        Finding("HW303", "", saving_bytes=5), Finding("HW304", "", saving_bytes=3),
        Finding("HW401", "", setting="threshold=10000"),
    ]  # fmt: skip
    assert [each.code for each in _first(found, 1)] == ["HW303", "HW401"]
    assert _first(found, 0) == found


def test_settings_are_made_and_unknown_ones_are_none() -> None:
    found = python(
        "import gc; print(gc.get_threshold()[0])", HEAPWISE_CAPTURE_SETTING="threshold=12345"
    )
    assert found == "12345\n"
    source = "import gc, os\nif os.fork() == 0: os._exit(gc.get_freeze_count() > 1000)\nprint(os.wait()[1] >> 8)"
    assert python(source, HEAPWISE_CAPTURE_SETTING="freeze") == "1\n"
    assert python(source, HEAPWISE_CAPTURE_SETTING="other") == "0\n"
    assert "HEAPWISE_CAPTURE_SETTING" not in os.environ


SENDS_BACK = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
def render(n): return bytes([n]) * 20_000_000
def length(n): return len(render(n))
if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with POOL as pool:  # the pool
        print(ASKED)
"""


@pytest.mark.parametrize(
    ("pool", "call", "line"),  # that which began the thread that reads results
    [
        ("context.Pool(1)", "pool.apply(NAME, (3,))", "with"),
        ("ProcessPoolExecutor(1, mp_context=context)", "pool.submit(NAME, 3).result()", "print("),
    ],
)
def test_large_results_of_workers_are_told_and_small_ones_are_not(
    pool: str, call: str, line: str, run_program: Runner
) -> None:
    for name, asked in (("render", f"len({call})"), ("length", call)):
        text = SENDS_BACK.replace("POOL", pool).replace("ASKED", asked.replace("NAME", name))
        run = run_program(text)
        assert run.stdout == "20000000\n"
        found = advised(run.path)
        assert ("HW405" in found) == (name == "render")
        if name == "render":  # its buffer grows by more than it needs
            assert 20_000_000 <= found["HW405"]["saving_bytes"] <= 23_000_000
            told = text.splitlines()[found["HW405"]["line"] - 1].strip()
            assert told.startswith(line)
