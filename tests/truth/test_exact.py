"""Byte-exact: programs whose every byte is known, and the lines at fault."""

from __future__ import annotations

import sys

import pytest

from heapwise.model import store
from heapwise.model.snapshot import Snapshot
from tests.conftest import Runner


def test_python_blocks_are_counted_to_the_byte(run_program: Runner) -> None:
    run = run_program(
        """
        def small():
            return [bytes(100) for _ in range(1000)]
        def large():
            return bytes(1_000_000)
        a = small()
        b = large()
        del b
        """
    )
    assert run.code == 0, run.stderr
    overhead = sys.getsizeof(b"")
    small = [s for s in run.recording.sites if frame(run, s) == 3 and s.kind == 0]
    kept = [s for s in small if s.in_use_count == 1000]
    assert [s.in_use_bytes for s in kept] == [1000 * (100 + overhead)]
    large = [s for s in run.recording.sites if frame(run, s) == 5]
    assert [(s.total_bytes, s.peak_bytes, s.in_use_bytes) for s in large] == [
        (1_000_000 + overhead, 1_000_000 + overhead, 0)
    ]


def frame(run, site) -> int:  # type: ignore[no-untyped-def]
    found = run.recording.frames[site.frame]
    return found.line if found.file.endswith("program.py") else 0


NATIVE = """
import ctypes
libc = ctypes.CDLL(None)
for name in ("malloc", "calloc", "realloc", "aligned_alloc", "memalign", "valloc", "mmap", "mremap"):
    getattr(libc, name).restype = ctypes.c_void_p
P, N, I = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
libc.malloc.argtypes = [N]; libc.calloc.argtypes = [N, N]; libc.realloc.argtypes = [P, N]
libc.free.argtypes = [P]; libc.aligned_alloc.argtypes = [N, N]; libc.memalign.argtypes = [N, N]
libc.posix_memalign.argtypes = [ctypes.POINTER(P), N, N]
libc.mmap.argtypes = [P, N, I, I, I, ctypes.c_long]; libc.munmap.argtypes = [P, N]
libc.mremap.argtypes = [P, N, N, I]
MB = 1 << 20
"""


@pytest.mark.parametrize(
    ("body", "peak", "end", "total"),
    [
        ("p = libc.malloc(3 * MB)", 3, 3, 3),
        ("libc.free(ctypes.memset(libc.malloc(3 * MB), 1, 3 * MB))", 3, 0, 3),
        ("p = libc.calloc(5, MB)", 5, 5, 5),
        ("p = ctypes.memset(libc.realloc(ctypes.memset(libc.realloc(None, 2 * MB), 1, 2 * MB), 7 * MB), 1, 7 * MB); libc.free(p)", 7, 0, 9),
        ("libc.realloc(ctypes.memset(libc.malloc(4 * MB), 1, 4 * MB), 0)", 4, 0, 4),
        ("p = libc.aligned_alloc(4096, 2 * MB); q = libc.memalign(64, MB)", 3, 3, 3),
        ("p = P(); libc.posix_memalign(ctypes.byref(p), 64, 6 * MB)", 6, 6, 6),
        ("p = libc.mmap(None, 8 * MB, 3, 0x22, -1, 0); libc.munmap(p + 2 * MB, 3 * MB)", 8, 5, 8),
        ("p = libc.mmap(None, 2 * MB, 3, 0x22, -1, 0); libc.munmap(p + 1, MB)", 2, 2, 2),
        ("p = libc.mmap(None, MB, 3, 0x22, -1, 0); p = libc.mremap(p, MB, 9 * MB, 1)", 9, 9, 10),
        ("p = libc.mmap(None, 8 * MB, 3, 0x22, -1, 0); q = libc.mmap(p, 8 * MB, 3, 0x32, -1, 0)", 8, 8, 16),
        ("p = libc.mmap(None, 8 * MB, 0, 0x22, -1, 0)", 0, 0, 0),
    ],
)  # fmt: skip
def test_the_malloc_family_and_mappings(
    run_program: Runner, body: str, peak: int, end: int, total: int
) -> None:
    run = run_program(NATIVE + "def work():\n    global p, q\n    " + body + "\nwork()\n")
    assert run.code == 0, run.stderr
    megabyte = 1 << 20
    # ctypes itself needs a few small Python objects on the line.
    assert run.line(15, "peak") == pytest.approx(peak * megabyte, abs=4096)
    assert run.line(15, "end") == pytest.approx(end * megabyte, abs=4096)
    assert run.line(15, "total") == pytest.approx(total * megabyte, abs=4096)


@pytest.mark.parametrize(
    ("body", "peak"),
    [
        ("libc.free(libc.malloc(64 * MB))", 0),
        ("p = libc.malloc(64 * MB); ctypes.memset(p, 1, 3 * MB); libc.free(p)", 3),
        ("p = libc.malloc(64 * MB); ctypes.memset(p + 61 * MB, 1, 2 * MB); libc.realloc(p, 0)", 2),
        ("p = libc.malloc(2 * MB); ctypes.memset(p, 1, MB); p = libc.realloc(p, 96 * MB); libc.free(p)", 1),
        ("p = libc.malloc(64 * MB); p = libc.realloc(p, 1 << 60) or p; ctypes.memset(p, 1, 4 * MB); libc.free(p)", 4),
        ("libc.free(libc.calloc(64, MB))", 64),
        ("p = libc.malloc(64 * MB)", 64),
    ],
)  # fmt: skip
def test_what_a_library_reserves_and_never_touches_is_no_peak(
    run_program: Runner, body: str, peak: int
) -> None:
    """In its whole life, which has to be over; what is asked for with zeros in it is meant to be used."""
    run = run_program(NATIVE + "def work():\n    global p\n    " + body + "\nwork()\n")
    assert run.code == 0, run.stderr
    assert run.line(15, "peak") == pytest.approx(peak << 20, abs=3 * 4096)
    highest = max(each.highest_bytes for each in run.recording.ticks)
    assert highest <= run.recording.summary.peak_bytes + 4096


RESERVED = (
    NATIVE
    + """
import time
reserve = libc.malloc(192 * MB)
time.sleep(0.15)
libc.free(reserve)
kept = bytearray(b"x") * (24 * MB)  # kept
time.sleep(0.15)
del kept
"""
)


def test_the_peak_beside_a_reserve_is_the_next_highest(run_program: Runner) -> None:
    """As are the ticks, the moments, and the snapshot of the peak, which is taken again."""
    run = run_program(RESERVED, options=["--snapshot", "peak"])
    peak_bytes = run.recording.summary.peak_bytes
    assert 24 << 20 <= peak_bytes <= 32 << 20
    assert max(each.heap_bytes for each in run.recording.ticks) <= peak_bytes
    assert max(sum(size for _, size in each.held) for each in run.recording.moments) <= peak_bytes
    assert (
        run.line(
            1 + RESERVED.splitlines().index('kept = bytearray(b"x") * (24 * MB)  # kept'), "peak"
        )
        >= 24 << 20
    )
    [path] = store.snapshots_of(run.path)
    assert 0.9 * peak_bytes <= Snapshot.open(path).figure("heap_bytes") <= 1.01 * peak_bytes


def test_numpy_data_is_counted_once(run_program: Runner) -> None:
    pytest.importorskip("numpy")
    run = run_program(
        """
        import numpy as np
        a = np.ones(4_000_000)
        b = np.zeros(2_000_000)
        c = a[10:20]
        a.resize(6_000_000, refcheck=False)
        """
    )
    assert run.line(3, "total") == pytest.approx(32e6, abs=4096)
    assert run.line(4, "end") == pytest.approx(16e6, abs=4096)
    assert run.line(6, "end") == pytest.approx(48e6, abs=4096)


def test_the_sum_over_sites_is_the_summary(run_program: Runner) -> None:
    run = run_program("import json, decimal\nx = [json.dumps({i: 'x' * i}) for i in range(500)]\n")
    recording = run.recording
    heap = [s for s in recording.sites if s.kind < 4]
    assert sum(s.peak_bytes for s in heap) == recording.summary.peak_bytes
    assert sum(s.in_use_bytes for s in heap) == recording.summary.end_bytes
    assert sum(s.total_bytes for s in heap) == recording.summary.total_bytes
    assert sum(s.total_count for s in heap) == recording.summary.allocations_count


def test_threads_and_the_right_lines(run_program: Runner) -> None:
    run = run_program(
        """
        import threading, zlib
        kept = []
        def one():
            kept.append(bytearray(10_000_000))
        def two():
            kept.append(zlib.compress(bytes(3_000_000), 0))
        threads = [threading.Thread(target=f) for f in (one, two, one)]
        for t in threads: t.start()
        for t in threads: t.join()
        """
    )
    assert run.line(5, "end") == pytest.approx(20e6, rel=0.001)
    assert run.line(7, "end") == pytest.approx(3e6, rel=0.01)


def test_a_generator_and_a_coroutine_charge_their_own_lines(run_program: Runner) -> None:
    run = run_program(
        """
        import asyncio
        def numbers():
            for i in range(50):
                yield bytearray(100_000)
        async def inner():
            await asyncio.sleep(0)
            return bytearray(7_000_000)
        async def outer():
            return await asyncio.gather(inner(), inner())
        a = list(numbers())
        b = asyncio.run(outer())
        """
    )
    assert run.line(5, "end") == pytest.approx(5e6, rel=0.01)
    assert run.line(8, "end") == pytest.approx(14e6, rel=0.01)


def test_native_frames_name_the_library_below_the_python_line(run_program: Runner) -> None:
    run = run_program(
        """
        import zlib, sqlite3
        def fill():
            connection = sqlite3.connect(":memory:")
            connection.execute("create table t (x)")
            connection.executemany("insert into t values (?)", [("x" * 1000,)] * 2000)
            return connection
        kept = fill()
        """,
        options=["--native"],
    )
    assert run.code == 0, run.stderr
    recording = run.recording
    held = [s for s in recording.sites if "sqlite" in recording.frames[s.frame].file]
    assert sum(s.in_use_bytes for s in held) > 1_900_000
    names = {recording.frames[s.frame].function for s in held}
    assert not all(name.startswith("0x") for name in names)
    stack = recording.stack(max(held, key=lambda s: s.in_use_bytes).parent)
    assert any(f.function == "fill" for f in stack)
    # The lines stay those of the program.
    assert run.line(6, "end") > 1_900_000
