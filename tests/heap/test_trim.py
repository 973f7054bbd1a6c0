"""Memory that is free is given back: the resident set falls, and what is allocated afterwards is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import python, shared_library

REFUSED = "not pymalloc's"

TUPLES = """
    import os
    def resident():
        with open("/proc/self/statm") as file: return int(file.read().split()[1]) * 4096
    kept = [(i, -i) for i in range(3_000_000)]
    peak = resident()
    kept = kept[::3000]
"""


def test_small_tuples_that_are_freed_are_given_back_and_the_rest_stay_whole() -> None:
    found = python(
        TUPLES
        + """
    import heapwise
    before = resident()
    [step] = heapwise.trim(heap=False)
    assert not step.refusal, step
    assert kept == [(i, -i) for i in range(0, 3_000_000, 3000)]
    again = [(i, -i) for i in range(3_000_000)]
    assert all(pair == (i, -i) for i, pair in enumerate(again))
    print(peak, before, step.after_bytes)
    """
    )
    peak, before, after = map(int, found.split())
    assert before > 0.5 * peak  # CPython keeps the arenas
    assert before - after > 100_000_000


def test_a_second_call_finds_nothing_more() -> None:
    python(
        TUPLES
        + """
    from heapwise.capture.core import native
    refusal, first, size, more = native().trim_pools(1000)
    assert (refusal, first, size, more) == ("", 1000, 1000 * 12 * 1024, True), (refusal, first, size, more)
    refusal, second, size, more = native().trim_pools(1_000_000)
    assert second > 5000 and not more
    assert native().trim_pools(1_000_000)[1] < 20
    """
    )


STRESS = """
    import faulthandler, gc, random, sys, threading
    from heapwise.capture.core import native
    if {recorded}:
        from heapwise import record
        scope = record(None); scope.__enter__()
    faulthandler.enable()
    sys.setswitchinterval(1e-4)
    trimmed = 0
    failures = []
    class Thing:
        __slots__ = ("name", "pair", "next")
        def __init__(self, i): self.name, self.pair, self.next = f"thing-{{i}}", (i, i + 1), None
    def make(random, i):
        kind = random.randrange(5)
        if kind == 0: return (i, i + 1), lambda o: o == (i, i + 1)
        if kind == 1: return str(i) * random.randrange(1, 40), None
        if kind == 2: return bytes([i % 256]) * (size := random.randrange(480)), lambda o: o == bytes([i % 256]) * len(o)
        if kind == 3: return {{i: i * 3}}, lambda o: o == {{i: i * 3}}
        return Thing(i), lambda o: o.name == f"thing-{{i}}" and o.pair == (i, i + 1)
    def work(seed):
        numbers = random.Random(seed)
        for turn in range(6):
            kept = []
            for i in range(8000): kept.append((i, *make(numbers, i)))
            numbers.shuffle(kept)
            del kept[: numbers.randrange(len(kept))]
            for i in range(2000): kept.append((i, *make(numbers, i)))
            for i, made, check in kept:
                if check is not None and not check(made): failures.append((seed, turn, i, made))
    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads: thread.start()
    while any(thread.is_alive() for thread in threads):
        refusal, count, _, _ = native().trim_pools(500)
        assert not refusal, refusal
        trimmed += count
        threads[0].join(0.002)
    gc.collect()
    work(99)
    refusal, count, _, _ = native().trim_pools(10**9)
    assert not refusal and not failures, (refusal, failures[:3])
    sys._debugmallocstats()
    print(trimmed + count)
"""


@pytest.mark.parametrize("recorded", [False, True])
def test_threads_that_allocate_meanwhile_never_see_it(recorded: bool) -> None:
    trimmed = int(python(STRESS.format(recorded=recorded)))
    assert trimmed > 1000


@pytest.mark.parametrize("allocator", ["malloc", "pymalloc_debug", "debug"])
def test_other_allocators_are_refused(allocator: str) -> None:
    found = python("import heapwise; print(heapwise.trim()[0])", PYTHONMALLOC=allocator)
    assert "not done" in found
    assert REFUSED in found


def test_a_tool_between_is_refused() -> None:
    found = python(
        "import tracemalloc; tracemalloc.start(); import heapwise; print(heapwise.trim()[0])"
    )
    assert REFUSED in found


def test_the_c_library_gives_back_what_lies_between_blocks() -> None:
    found = python(
        """
        import ctypes, heapwise
        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        libc.free.argtypes = [ctypes.c_void_p]
        blocks = [libc.malloc(60_000) for _ in range(2000)]
        for block in blocks: ctypes.memset(block, 1, 60_000)
        for number, block in enumerate(blocks):
            if number % 100 != 99: libc.free(block)
        [step] = heapwise.trim(pools=False)
        assert not step.refusal
        print(step.before_bytes - step.after_bytes)
        """
    )
    assert int(found) > 80_000_000


def test_another_malloc_is_refused(tmp_path: Path) -> None:
    source = """
    #include <stddef.h>
    extern "C" void *__libc_malloc(size_t); extern "C" void *malloc(size_t n) { return __libc_malloc(n); }
    """
    library = shared_library(tmp_path / "libother.so", source)
    found = python("import heapwise; print(heapwise.trim(pools=False))", LD_PRELOAD=str(library))
    assert "another one is loaded" in found


def test_a_running_process_is_asked_and_answers(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(
        "import time\nkept = [(i, -i) for i in range(1_000_000)]\nkept = kept[::3000]\n"
        "print('up', flush=True)\n"
        "for _ in range(6000): time.sleep(0.01)\n"
    )
    heapwise = [sys.executable, "-m", "heapwise"]
    running = subprocess.Popen(
        [*heapwise, "run", "-q", "-o", tmp_path / "a.hw", "--snapshot", "signal", script],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "up\n"
        time.sleep(0.2)
        command = [*heapwise, "rss", str(running.pid), "--try"]
        pid = int(Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()[0])
        command[-2] = str(pid)
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        pools, heap = json.loads(done.stdout)["given_back"]
        assert pools["name"] == "pages of empty pools"
        assert pools["saving_bytes"] > 30_000_000
        assert not pools["refusal"]
        assert not heap["refusal"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "malloc_trim(0): " in text
        assert not list(tmp_path.glob("*.trim*"))
        subprocess.run([*heapwise, "snapshot", str(pid)], check=True, capture_output=True)
        refused = subprocess.run(
            [*heapwise, "rss", str(os.getpid()), "--try"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 2
        assert "heapwise.trim()" in refused.stderr
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def test_locked_memory_is_refused_and_nothing_breaks() -> None:
    found = python(
        """
        import ctypes, heapwise
        if ctypes.CDLL(None).mlockall(3) != 0:
            print("may not lock")
        else:
            print(heapwise.trim(heap=False))
            again = [(i, -i) for i in range(100_000)]
            assert all(pair == (i, -i) for i, pair in enumerate(again))
        """
    )
    if "may not lock" in found:
        pytest.skip("memory cannot be locked here")
    assert "memory is locked" in found
