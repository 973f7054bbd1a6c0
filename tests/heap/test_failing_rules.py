"""A rule that fails takes nothing else with it; and none fails on what nothing reaches."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from heapwise import findings, lint
from heapwise.analyze.leaks import Suspect
from heapwise.cli.main import main
from heapwise.errors import NotARecordingError, RuleFailedWarning
from heapwise.findings import (
    hw100_growing_line,
    hw162_native_growth,
    hw301_instances_with_dicts,
    hw303_boxed_numbers,
    hw307_equal_objects,
)
from heapwise.lint import hw703_read_then_split
from heapwise.model.snapshot import Snapshot
from tests.heap.test_kept_at import snapshot_of

PROGRAM = """
values = [i * 0.5 for i in range(200_000)]
names = ["name " + str(i % 3) for i in range(60_000)]
"""
UNREACHED = """
import asyncio, gc, types, sys
from collections import ChainMap, OrderedDict, defaultdict, deque
from functools import lru_cache
gc.disable()
sys.path.insert(0, ".")

class Node:
    def __init__(self, n):
        self.n, self.items, self.parent = n, [], self

@lru_cache
def cached(n):
    return bytes(70_000 + n)

def in_ring(*values):
    ring = list(values)
    ring.append(ring)

async def waits():
    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(waiting(future)) for _ in range(50)]
    await asyncio.sleep(0)
    in_ring(future, tasks)

async def waiting(future):
    await future

in_ring(*(bytes(70_000 + n) for n in range(40)))
in_ring(*(bytearray(70_000 + n) for n in range(40)))
in_ring(*(str(n) * 70_000 for n in range(9)))
in_ring({(x, y): x for x in range(300) for y in range(300)})
in_ring({n: {"a": n, "b": [n]} for n in range(20_000)}, [{"a": n, "b": str(n)} for n in range(20_000)])
in_ring([Node(n) for n in range(20_000)], {n: Node(n) for n in range(2000)})
in_ring([(n, n + 0.5) for n in range(50_000)], {n * 0.5 for n in range(50_000)}, deque(range(50_000)))
in_ring(defaultdict(list, {n: [] for n in range(20_000)}), OrderedDict.fromkeys(range(20_000)), ChainMap({}))
in_ring([cached(n) for n in range(100)], cached.cache_clear())
spaces = [types.ModuleType(f"plugin{n}") for n in range(30)]
for space in spaces:
    exec("def run(): return TABLE\\nTABLE = [run] + list(range(5000))", space.__dict__)
in_ring(*spaces)
del space, spaces
try:
    import numpy as np, pandas as pd
    in_ring([np.zeros(20_000) + n for n in range(30)], [np.arange(300_000)[:10]], [np.array([n, None]) for n in range(999)])
    in_ring(pd.DataFrame({"a": range(50_000), "b": ["x%d" % n for n in range(50_000)]}), pd.Index(range(1, 90_000, 3)) + 0)
    in_ring([pd.DataFrame({"a": [n]}) for n in range(200)])
except ImportError:
    pass
try:
    raise ValueError
except ValueError as error:
    in_ring([error], Node)
asyncio.run(waits())
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("failing"), PROGRAM)


def fails(*_: object) -> Iterator[None]:
    yield from ()
    raise IndexError("of this test")


def test_the_others_are_told(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> set[str]:
        return {each.code for each in findings.wasteful(snapshot)}

    assert {"HW303", "HW307"} <= said()
    monkeypatch.setattr(hw303_boxed_numbers, "scan", fails)
    monkeypatch.setattr(hw301_instances_with_dicts, "scan", lambda _: 1 / 0)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert "HW307" in said()
    assert sorted(str(each.message).split(" (")[0] for each in told) == [
        "HW301 failed",
        "HW303 failed",
    ]
    assert "IndexError: of this test, test_failing_rules.py:" in str(told[-1].message)


def test_what_it_said_by_then_stays(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    real = hw307_equal_objects.scan

    def fails_late(snapshot: Snapshot) -> Iterator[object]:
        yield from real(snapshot)
        raise KeyError("late")

    monkeypatch.setattr(hw307_equal_objects, "scan", fails_late)
    with pytest.warns(RuleFailedWarning, match="HW307 failed"):
        assert "HW307" in {each.code for each in findings.wasteful(snapshot)}


def test_damaged_files_are_no_fault_of_a_rule(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Snapshot) -> None:
        raise NotARecordingError("cut off")

    monkeypatch.setattr(hw303_boxed_numbers, "scan", damaged)
    with pytest.raises(NotARecordingError):
        list(findings.wasteful(snapshot))


def test_a_leak_is_named_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    named = object()
    monkeypatch.setattr(hw162_native_growth, "of_line", lambda _: 1 / 0, raising=False)
    monkeypatch.setattr(hw100_growing_line, "of_line", lambda _: named)
    monkeypatch.setattr("heapwise.findings.LEAKS", ("hw162_native_growth", "hw100_growing_line"))
    with pytest.warns(RuleFailedWarning, match="HW162 failed"):
        assert findings.classify(Suspect.__new__(Suspect), None) is named


def test_lint_tells_what_other_rules_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "import gc\ndef lines(path):\n    queue = [path]\n    while queue:\n        queue.pop(0)\n    return open(path).read().split('\\n')\n"
    (tmp_path / "program.py").write_text(text)
    assert {each.code for each in lint.check_text("program.py", text)} >= {"HW607"}
    monkeypatch.setattr(hw703_read_then_split, "look", fails)
    monkeypatch.setattr(hw703_read_then_split, "NEEDS", ("",), raising=False)
    with warnings.catch_warnings():
        warnings.simplefilter("default", RuleFailedWarning)
        assert main(["lint", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "HW607" in shown.out
    assert shown.err.startswith("heapwise: HW703 failed (IndexError: of this test, ")


@pytest.mark.parametrize("when", ["end", "peak,end"])
def test_none_fails_on_what_nothing_reaches(tmp_path: Path, when: str) -> None:
    (tmp_path / "program.py").write_text(UNREACHED)
    words = ["-m", "heapwise", "run", "-q", "--snapshot", when, "-o", "run.hw", "program.py"]
    subprocess.run([sys.executable, *words], cwd=tmp_path, check=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuleFailedWarning)
        for verb in ("advise", "leaks", "report"):
            assert main([verb, str(tmp_path / "run.hw"), "-o", str(tmp_path / "told.txt")]) in (
                0,
                1,
            )
