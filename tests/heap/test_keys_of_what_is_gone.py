"""Tables keyed by threads that are gone, and classes that a call makes several of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heapwise import findings
from heapwise.model.snapshot import Snapshot
from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

THREADS = """
import threading
class Buffers:
    def __init__(self): self.by_thread = {}
    def of_this(self):
        KEY
        FILL
        return self.by_thread.get(key)
    def work(self):
        self.of_this()[0] = 1
        HERE
buffers = Buffers()
for n in range(120):
    thread = threading.Thread(target=buffers.work)
    thread.start()
    thread.join()
print("done")
"""
NATIVE = THREADS.replace("KEY", "key = threading.get_native_id()").replace(
    "FILL", "self.by_thread.setdefault(key, bytearray(100_000))"
)
NAMED = THREADS.replace("KEY", "key = f'{threading.current_thread().name} of us'").replace(
    "FILL", "self.by_thread[key] = self.by_thread.get(key) or bytearray(100_000)"
)
TAKEN_OUT = "self.by_thread.clear()"
OBJECTS = """
class Request:
    def __init__(self, n): self.n = n
class Trace:
    def __init__(self): self.spans = {}
    def begin(self, request):
        self.spans[id(request)] = bytearray(50_000)
    def end(self, request): HERE
trace, requests = Trace(), [Request(n) for n in range(200)]
for request in requests:
    trace.begin(request)
    trace.end(request)
requests.clear()
print(request.n)
"""
CASES = {
    "native ids": (NATIVE, TAKEN_OUT, "self.by_thread.setdefault"),
    "names": (NAMED, TAKEN_OUT, "self.by_thread[key] ="),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_nobody_takes_out_is_found(name: str, tmp_path: Path) -> None:
    text, taken_out, line = CASES[name]
    bad, good = text.replace("HERE", "pass"), text.replace("HERE", taken_out)
    assert_one_arm_is_told(tmp_path, "HW369", bad, good, line)


CLEAN = {
    "several of one thread": NATIVE.replace("threading.get_native_id()", "(threading.get_native_id(), n)").replace(
        "HERE", "pass"
    ),
    "objects that are there": OBJECTS.replace("HERE", "pass").replace("requests.clear()", "print(len(requests))"),
    "other keys": NATIVE.replace("threading.get_native_id()", "n").replace("HERE", "pass"),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_there_is_not_told(name: str, tmp_path: Path) -> None:
    found, _, said = advised(tmp_path / "clean", CLEAN[name], "--snapshot", "peak")
    assert said
    assert "HW369" not in [each["code"] for each in found["findings"]]


RUNNING = (
    NATIVE.replace("HERE", "done.wait()")
    .replace("    thread.join()\n", "")
    .replace("range(120)", "range(40)")
    .replace("buffers = ", "import heapwise, sys\ndone = threading.Event()\nbuffers = ")
    + "heapwise.snapshot(sys.argv[1])\ndone.set()\n"
)


def test_threads_that_run_are_not_gone(tmp_path: Path) -> None:
    program, path = tmp_path / "app.py", tmp_path / "a.hw"
    program.write_text(RUNNING)
    subprocess.run([sys.executable, program, path], check=True, timeout=60)
    snapshot = Snapshot.open(path)
    assert len(snapshot.of_type_exactly("<thread>")) > 40
    assert "HW369" not in {each.code for each in findings.wasteful(snapshot)}


POINTERS = """
import ctypes
kept = ctypes.create_string_buffer(3000)
total = 0
for size in range(1, 1500): total += len(bytes(HERE))
print(total)
"""


@pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="there a pointer's class goes with its type"
)
def test_a_call_that_makes_two_classes_is_one_finding(tmp_path: Path) -> None:
    assert_one_arm_is_told(
        tmp_path, "HW153", POINTERS.replace("HERE", "ctypes.cast(kept, ctypes.POINTER(ctypes.c_char * size)).contents"),
        POINTERS.replace("HERE", "ctypes.cast(kept, ctypes.POINTER(ctypes.c_char))[:size]"), "ctypes.POINTER",
    )  # fmt: skip


ITEMS = """
import ctypes
def item(size):
    class Item(ctypes.Structure):
        _fields_ = [("kind", ctypes.c_ubyte), ("data", ctypes.c_ubyte * size)]
    return Item
buffer = ctypes.create_string_buffer(3000)
total = 0
for size in range(1, 1500):
    Item = item(size)
    item_at = HERE
    total += item_at.kind
print(total)
"""


@pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="there a pointer's class goes with its type"
)
def test_classes_that_refer_to_others_count_with_them(tmp_path: Path) -> None:
    bad, good = (
        ITEMS.replace("HERE", each)
        for each in (
            "ctypes.cast(buffer, ctypes.POINTER(Item)).contents",
            "Item.from_buffer(buffer)",
        )
    )
    assert_one_arm_is_told(tmp_path, "HW153", bad, good, "item_at =")
