"""Leaks of whole runs, by the snapshots that were taken meanwhile: what a repeated function cannot show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import heapwise
from heapwise.findings.hw153_classes_per_call import is_imported
from heapwise.model.snapshot import Snapshot
from tests.conftest import Runner

LOCAL = """
    import threading, time
    def serve():
        kept = []
        while True:
            row = bytes(20_000)  # here
            if LEAKS: kept.append(row)
            time.sleep(0.01)
    threading.Thread(target=serve, daemon=True).start()
    for _ in range(80): time.sleep(0.01)
    """
CYCLES = """
    import gc, time, weakref
    gc.disable()
    class Node: pass
    for i in range(60):
        a, b = Node(), Node()
        a.next, a.data = b, bytearray(20_000)  # here
        b.last = a if LEAKS else weakref.ref(a)
        time.sleep(0.01)
    """
NATIVE = """
    import ctypes, time
    c = ctypes.CDLL(None)
    c.malloc.restype = ctypes.c_void_p
    c.free.argtypes = [ctypes.c_void_p]
    for i in range(60):
        at = c.malloc(20_000)  # here
        if not LEAKS: c.free(at)
        time.sleep(0.01)
    """
FINALIZERS = """
    import time, weakref
    class Client:
        def __init__(self): self.buffer = bytearray(20_000)  # here
        def close(self): self.buffer.clear()
    for i in range(60):
        client = Client()
        weakref.finalize(client, client.close if LEAKS else int)
        time.sleep(0.01)
    """
RUNS = {
    "HW100": (LOCAL, "serve(): kept"),
    "HW131": (CYCLES, "<garbage>"),
    "HW162": (NATIVE, ""),
    "HW133": (FINALIZERS, "weakref.finalize._registry"),
}


def verdict_of(run_program: Runner, text: str, *options: str) -> dict[str, Any]:
    run = run_program(text, options=list(options))
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "leaks", "--json", run.path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def judged(run_program: Runner, program: str, leaks: bool) -> tuple[dict[str, Any], str]:
    text = program.replace("LEAKS", str(leaks))
    return verdict_of(run_program, text, "--snapshot", "every=50ms,end"), text


@pytest.mark.parametrize("code", RUNS)
def test_a_run_that_leaks_is_told_from_its_mended_twin(run_program: Runner, code: str) -> None:
    program, holder = RUNS[code]
    found, text = judged(run_program, program, leaks=True)
    assert found["verdict"] == "leak", found["headline"]
    first = found["suspects"][0]
    assert (first["code"], first["state"]) == (code, "leak")
    assert holder in first["holder"]
    marked = [n for n, line in enumerate(text.splitlines(), 1) if line.endswith("# here")]
    assert first["line"] in (marked[0], marked[0] - 1)  # the program may begin with an empty line
    found, _ = judged(run_program, program, leaks=False)
    assert found["verdict"] == "no-leak", found


def test_cycles_that_wait_for_a_collector_that_runs_are_no_leak(run_program: Runner) -> None:
    program = CYCLES.replace("gc.disable()", "gc.set_threshold(40, 2, 1000)")
    found, _ = judged(run_program, program, leaks=True)
    assert found["verdict"] != "leak", found["headline"]


CLASSES = "\n".join(
    f"class Model{n}:\n    __slots__ = ('a', 'b')\n    table = dict.fromkeys(range({n}, {n + 200}))" for n in range(60)
)  # fmt: skip
MADE_IN_A_LOOP = "for n in range(60):\n    kept[n] = type('Model', (), {'table': dict.fromkeys(range(n, n + 200))})"


@pytest.mark.parametrize("leaks", [True, False])
def test_what_a_program_makes_while_it_begins_is_no_leak(tmp_path: Path, leaks: bool) -> None:
    (tmp_path / "begins.py").write_text(
        "import heapwise\n"
        "kept = {}\n"
        "heapwise.snapshot('1.hw')\n"
        f"{MADE_IN_A_LOOP if leaks else CLASSES}\n"
        "heapwise.snapshot('2.hw')\n"
    )
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "a.hw", "begins.py"]
    subprocess.run(run, check=True, cwd=tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "leaks", "1.hw", "2.hw", "--json"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert (found["verdict"] == "leak") == leaks, found
    if leaks:
        first = found["suspects"][0]
        assert (first["code"], first["holder"]) == ("HW153", "__main__.kept")


def test_classes_that_stand_in_their_modules_were_made_once(tmp_path: Path) -> None:
    made = [type("Made", (), {"n": n}) for n in range(2)]
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    nodes = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    assert [is_imported(snapshot, nodes[id(each)]) for each in (Snapshot, Path, *made)] == [
        True,
        True,
        False,
        False,
    ]


def test_few_large_rings_that_the_collector_has_not_met_are_no_leak(run_program: Runner) -> None:
    on = "gc.collect(); gc.set_threshold(100_000, 10, 10)"
    found, _ = judged(run_program, CYCLES.replace("gc.disable()", on), leaks=True)
    assert found["verdict"] != "leak", found["headline"]
    assert "has not come yet" in str(found["suspects"][0]["evidence"])


VIEWS = """
    import time
    import numpy as np
    heads = []
    for i in range(60):
        heads.append(np.ones(50_000)[:10]PART)
        time.sleep(0.005)
    """


@pytest.mark.parametrize("leaks", [True, False])
def test_views_that_keep_their_arrays_are_told_by_the_end_alone(
    run_program: Runner, leaks: bool
) -> None:
    pytest.importorskip("numpy")
    text = VIEWS.replace("PART", "" if leaks else ".copy()")
    found = verdict_of(run_program, text, "--snapshot", "end")
    assert (found["verdict"] == "leak") == leaks, found["headline"]
    if leaks:
        [first] = found["findings"]
        assert (first["code"], first["holder"]) == ("HW305", "__main__.heads[0]")
        assert text.splitlines()[first["line"] - 1].strip().startswith("heads.append") or (
            text.splitlines()[first["line"]].strip().startswith("heads.append")
        )


def test_a_busy_moment_under_the_last_look_is_nobodys_leak(tmp_path: Path) -> None:
    script = tmp_path / "busy.py"
    script.write_text(
        "import heapwise\n"
        "def work(n):\n"
        "    parts = [bytearray(b'x') * 50_000 for _ in range(n)]\n"
        "    heapwise.snapshot(f'a.{look}.snapshot.hw')\n"
        "    return len(parts)\n"
        "for look in range(1, 6):\n"
        "    work(200 if look == 5 else 2)\n"
    )
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", "a.hw", "--snapshot", "end", script],
        check=True, cwd=tmp_path,
    )  # fmt: skip
    found = subprocess.run(
        [sys.executable, "-m", "heapwise", "leaks", "a.hw", "--json"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    report = json.loads(found.stdout)
    assert len(report["levels_bytes"]) == 5  # that of the end, where all is gone, is not among them
    assert report["levels_bytes"][-1] > 10_000_000
    assert (report["verdict"], report["suspects"]) == ("undecided", [])


TABLE = """
    import time
    rows = [{"id": i, "name": str(i)} for i in range(200_000)]
    made = [bytearray(1000) for i in range(20_000)]
    time.sleep(0.1)
    del made
    rows = [(row["id"], row["name"]) for row in rows]
    time.sleep(0.2)
    """
CALLBACKS = """
    callbacks = []
    def register(big):
        size = len(big)
        callbacks.append((lambda: len(big)) if LEAKS else (lambda: size))
    for i in range(200): register(bytearray(b"x") * 100_000)
    """


def test_a_program_that_is_past_its_peak_does_not_leak(run_program: Runner) -> None:
    assert verdict_of(run_program, TABLE, "--snapshot", "peak,end")["verdict"] != "leak"


@pytest.mark.parametrize("leaks", [True, False])
def test_large_things_that_many_functions_captured_need_no_time_to_be_a_leak(
    run_program: Runner, leaks: bool
) -> None:
    found = verdict_of(run_program, CALLBACKS.replace("LEAKS", str(leaks)), "--snapshot", "end")
    assert (found["verdict"] == "leak") == leaks, found["headline"]
    if leaks:
        named = {row["code"]: row["holder"] for row in [*found["suspects"], *found["findings"]]}
        assert named["HW103"].startswith("__main__.callbacks")


SERVICE = """
    import functools, gc, time
    class Chain(Exception): pass
    class Poller:
        def __init__(self): self.last = None
        def poll(self, n):
            try: raise Chain(bytearray(20_000))
            except Chain as error:
                if LEAKS: error.__cause__ = self.last
                self.last = error
    def main():
        poller = Poller()
        for n in range(120):
            poller.poll(n)
            time.sleep(0.01)
    main()
    """
BOUNDED = """
    import functools, time
    class Customer:
        def __init__(self): self.data = bytearray(20_000)
        @functools.lru_cache(maxsize=16)
        def total(self, year): return year
    for n in range(100):
        Customer().total(n)
        time.sleep(0.01)
    """
COLLECTED = """
    import gc, time
    gc.disable()
    class Node: pass
    for n in range(120):
        a, b = Node(), Node()
        a.next, b.last, a.data = b, a, bytearray(20_000)
        if n % 7 == 6: gc.collect()
        time.sleep(0.01)
    """


def test_what_a_functions_locals_kept_is_a_leak_though_the_end_frees_it(
    run_program: Runner,
) -> None:
    found, _ = judged(run_program, SERVICE, leaks=True)
    assert found["verdict"] == "leak", found["headline"]
    assert "main(): poller" in found["suspects"][0]["holder"]
    found, _ = judged(run_program, SERVICE, leaks=False)
    assert found["verdict"] == "no-leak", found["headline"]


def test_a_recording_alone_does_not_call_what_the_exit_freed_no_leak(run_program: Runner) -> None:
    found = verdict_of(run_program, SERVICE.replace("LEAKS", "True"))
    assert found["verdict"] == "undecided", found["headline"]
    assert "a longer run" in found["headline"]
    assert verdict_of(run_program, SERVICE.replace("LEAKS", "False"))["verdict"] == "no-leak"


@pytest.mark.parametrize("looks", ["every=200ms,end", "end"])
@pytest.mark.parametrize("program", [BOUNDED, COLLECTED], ids=["bounded", "collected"])
def test_a_bound_or_a_collection_of_ones_own_is_no_leak(
    run_program: Runner, program: str, looks: str
) -> None:
    found = verdict_of(run_program, program, "--snapshot", looks)
    assert found["verdict"] != "leak", found["headline"]


def test_collections_of_the_start_do_not_take_what_comes_later(run_program: Runner) -> None:
    program = COLLECTED.replace(
        "gc.disable()", "gc.disable(); begun = [gc.collect() for _ in range(9)]"
    )
    assert program != COLLECTED
    found = verdict_of(
        run_program, program.replace("if n % 7 == 6", "if n < 5"), "--snapshot", "end"
    )
    assert found["verdict"] == "leak", found["headline"]
    assert "HW131" in {row["code"] for row in [*found["suspects"], *found["findings"]]}


BUSY = """
    import time
    kept, start = [], time.monotonic() + 0.2
    def work(begin):
        parts = []
        for n in range(40):
            time.sleep(max(0, begin + n * 0.004 - time.monotonic()))
            parts.append([bytearray(b'x') * 50_000 for _ in range(20)])
        return len(parts)
    for k in range(14):
        work(start + k * 0.193)
        if LEAKS: kept.append(bytearray(300_000))  # here
    time.sleep(0.1)
    """


@pytest.mark.parametrize("leaks", [False, True])
def test_busy_moments_that_the_looks_meet_in_step_are_no_growth(
    run_program: Runner, leaks: bool
) -> None:
    text = BUSY.replace("LEAKS", str(leaks))
    found = verdict_of(run_program, text, "--snapshot", "every=200ms,end")
    holders = [row["holder"] for row in found["suspects"] if row["state"] == "leak"]
    assert holders == (["__main__.kept"] if leaks else []), found["headline"]
    assert (found["verdict"] == "leak") is leaks


CACHED = """
    import threading, time
    together = threading.Barrier(24)
    def work():
        for number in range(1, 9):
            blocks = [bytearray(900) for _ in range(number)]
            together.wait()
            del blocks
            time.sleep(0.2)
    threads = [threading.Thread(target=work) for _ in range(24)]
    for each in threads: each.start()
    for each in threads: each.join()
    """


def test_what_the_c_library_keeps_for_each_thread_is_no_leak(run_program: Runner) -> None:
    """Up to seven freed blocks of each size, which it counts as given."""
    found = verdict_of(run_program, CACHED, "--snapshot", "every=200ms,end")
    assert found["verdict"] != "leak", found["headline"]
    assert not [row for row in found["suspects"] if row["code"] == "HW162"]
