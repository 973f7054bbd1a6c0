"""Snapshots that `heapwise run --snapshot` takes: at the end, near the peak, each interval, on a signal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from heapwise.model import store
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from tests.conftest import Runner

PEAK = """
    import time
    kept = []
    for i in range(6):
        kept.append([str(n) * 10 for n in range(20_000)])
        time.sleep(0.05)
    high = bytearray(60_000_000)
    time.sleep(0.05)
    del high, kept
    time.sleep(0.2)
"""


def test_a_snapshot_of_the_peak_stands_at_the_peak(run_program: Runner) -> None:
    run = run_program(PEAK, options=["--snapshot", "peak"])
    [path] = store.snapshots_of(run.path)
    assert path.name.endswith(".peak.snapshot.hw")
    snapshot = Snapshot.open(path)
    assert snapshot.figure("heap_bytes") >= 0.9 * run.recording.summary.peak_bytes
    assert max(snapshot.nodes("size_bytes")) > 60_000_000


AT_ONCE = """
import sys, time
import heapwise
from heapwise.capture.core import native
from heapwise.capture.snapshot import facts

def work(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until: pass

place, about = sys.argv[1], facts()
with heapwise.record(f"{place}/a.hw"):
    for number in range(20):
        work(0.0007 * number)
        native().snapshot_when("peak", 0, f"{place}/{number}", about, False)
        kept = [bytes(1000) for _ in range(8000)]
        work(0.05)
        del kept
        native().snapshot_when("off", 0, "", about, False)
"""
MOST_MISSED = 2
"""The machine may be so busy that the ticker does not come by in time."""


def test_a_peak_is_met_where_the_ticker_and_an_allocation_tell_of_it_at_once(
    tmp_path: Path,
) -> None:
    subprocess.run([sys.executable, "-c", AT_ONCE, tmp_path], check=True)
    taken = [Snapshot.open(path) for path in tmp_path.glob("*.peak.snapshot.hw")]
    assert sum(each.figure("heap_bytes") > 4_000_000 for each in taken) >= 20 - MOST_MISSED


BUSY = """
    def load():
        kept = []
        for n in range(4):
            kept.append(bytearray(4_000_000))
            sum(range(8_000_000))  # keeps the GIL, allocates nothing
        return kept
    print(len(load()))
"""


def test_a_peak_is_met_where_nobody_waits_for_the_gil(run_program: Runner) -> None:
    run = run_program(BUSY, options=["--snapshot", "peak"])
    [path] = store.snapshots_of(run.path)
    assert Snapshot.open(path).figure("heap_bytes") >= 0.9 * run.recording.summary.peak_bytes


def test_a_peak_in_a_thread_is_met_while_the_main_thread_waits(run_program: Runner) -> None:
    run = run_program(
        """
        import threading, time
        def work():
            global kept
            kept = [[i] for i in range(300_000)]
            time.sleep(0.05)
            kept = None
        thread = threading.Thread(target=work)
        thread.start(); thread.join()
        """,
        options=["--snapshot", "peak"],
    )
    [path] = store.snapshots_of(run.path)
    snapshot = Snapshot.open(path)
    assert snapshot.figure("heap_bytes") >= 0.6 * run.recording.summary.peak_bytes


STARVED = """
    import os, subprocess, sys
    import numpy as np
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})  # the main thread alone, and what it starts
    burns = subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"])
    pixels = np.zeros((60, 128_000), dtype=np.uint8)
    try:
        os.nice(15)
        pixels = pixels / 255.0
        print(pixels[3].mean())
    finally:
        burns.kill()
"""


def test_what_is_half_made_where_others_have_the_cores_is_left_to_be_made(
    run_program: Runner,
) -> None:
    """The main thread works without the GIL, and hardly gets to run."""
    pytest.importorskip("numpy")
    run = run_program(STARVED, options=["--snapshot", "peak"])
    [path] = store.snapshots_of(run.path)
    [array] = Snapshot.open(path).facts["elements_count"].values()
    assert array == 60 * 128_000


IN_A_THREAD = """
    import threading, time
    kept = {}
    def load():
        kept["rows"] = [bytearray(4_000_000) for _ in range(10)]  # too few objects for a collection
        time.sleep(0.5)
        kept.clear()
    thread = threading.Thread(target=load)
    thread.start(); thread.join()
    print(len(threading.enumerate()))
"""


def test_a_peak_in_a_thread_is_met_where_nothing_is_collected(run_program: Runner) -> None:
    run = run_program(IN_A_THREAD, options=["--snapshot", "peak"])
    assert run.stdout.split() == ["1"]
    [path] = store.snapshots_of(run.path)
    assert Snapshot.open(path).figure("heap_bytes") >= 0.95 * run.recording.summary.peak_bytes


def test_the_interpreter_ends_while_a_snapshot_is_wanted(run_program: Runner) -> None:
    run = run_program(
        """
        import threading, time
        def load():
            kept = [bytearray(4_000_000) for _ in range(10)]
            sum(range(30_000_000))  # with the GIL, beyond the end
        threading.Thread(target=load, daemon=True).start()
        time.sleep(0.03)
        """,
        options=["--snapshot", "peak,end"],
    )
    assert run.recording.summary.complete


def test_one_each_interval_and_a_bounded_number(run_program: Runner) -> None:
    run = run_program(
        "import time\nfor i in range(300): time.sleep(0.01)", options=["--snapshot", "every=10ms"]
    )
    found = store.snapshots_of(run.path)
    numbers = [int(m[1]) for p in found if (m := re.search(r"\.(\d+)\.snapshot\.hw$", p.name))]
    assert len(numbers) == len(found)
    assert 4 <= len(found) <= 33
    assert numbers == sorted(numbers)
    periods = [Snapshot.open(path).figure("period") for path in found]
    assert periods == sorted(set(periods))


def test_the_end_and_others_together(run_program: Runner) -> None:
    run = run_program("x = bytearray(10**6)", options=["--snapshot", "end,every=1h"])
    assert [path.name for path in store.snapshots_of(run.path)] == [run.path.stem + ".snapshot.hw"]


POOL = """
    import threading
    from concurrent.futures import ThreadPoolExecutor
    own = threading.local()
    barrier = threading.Barrier(4)
    def work(_):
        own.kept = bytearray(5_000_000)
        barrier.wait()
    pool = ThreadPoolExecutor(4)
    list(pool.map(work, range(4)))
"""
LATE = """
    import time
    def late():
        time.sleep(0.3)
        globals()["kept"] = bytearray(50_000_000)
"""


def _largest(run: Any) -> list[int]:
    [path] = store.snapshots_of(run.path)
    snapshot = Snapshot.open(path)
    return sorted(snapshot.nodes("size_bytes"))[-4:]


def test_the_end_is_before_the_threads_of_idle_pools_are_joined(run_program: Runner) -> None:
    run = run_program(POOL, options=["--snapshot", "end"])
    assert _largest(run) == [pytest.approx(5_000_000, rel=0.01)] * 4


@pytest.mark.parametrize(
    "busy",
    [
        "import threading; threading.Thread(target=late).start()",
        "from concurrent.futures import ThreadPoolExecutor; ThreadPoolExecutor(2).submit(late)",
        POOL.replace("\n    ", "\n") + "pool.submit(late)",
    ],
    ids=["thread", "pool", "one of a pool"],
)
def test_what_threads_still_make_is_part_of_the_end(run_program: Runner, busy: str) -> None:
    run = run_program(textwrap.dedent(LATE) + textwrap.dedent(busy), options=["--snapshot", "end"])
    assert max(_largest(run)) > 49_000_000


def test_the_end_is_before_what_the_program_does_at_its_exit(run_program: Runner) -> None:
    run = run_program(
        """
        import atexit
        kept = [bytearray(5_000_000) for _ in range(4)]
        atexit.register(kept.clear)
        """,
        options=["--snapshot", "end"],
    )
    assert _largest(run) == [pytest.approx(5_000_000, rel=0.01)] * 4


def test_the_end_of_a_program_that_runs_itself_in_processes_is_taken_once(
    run_program: Runner,
) -> None:
    run = run_program(
        """
        import multiprocessing
        process = multiprocessing.get_context("fork").Process(target=print, args=("done",))
        process.start(); process.join()
        """,
        options=["--snapshot", "end"],
    )
    [path] = run.path.parent.glob("*.snapshot.hw")
    assert path == store.end_snapshot_of(run.path)


def test_each_forked_child_has_its_own(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        child = os.fork()
        mine = [str(i) for i in range(10_000)]
        time.sleep(0.5)
        if child == 0: os._exit(0)
        os.waitpid(child, 0)
        """,
        options=["--snapshot", "every=100ms"],
    )
    [child] = store.children_of(run.path)
    pids = {Snapshot.open(path).meta["pid"] for path in store.snapshots_of(child)}
    assert pids == {Recording.open(child).meta["pid"]}
    assert store.snapshots_of(run.path)


def test_a_new_run_removes_the_snapshots_of_the_old_one(run_program: Runner) -> None:
    run = run_program("x = 1", options=["--snapshot", "end"])
    assert store.snapshots_of(run.path)
    unfinished = run.path.with_name(
        "out.peak.snapshot.hw.tmp"
    )  # of a run that was killed with all its children
    unfinished.touch()
    run_program("x = 1")
    assert not store.snapshots_of(run.path) and not unfinished.exists()


def test_a_signal_takes_one_and_the_verb_sends_it(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(
        "import time\nkept = bytearray(5_000_000)\nprint('up', flush=True)\ntime.sleep(60)\n"
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
        pid = int(Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()[0])
        done = subprocess.run(
            [*heapwise, "snapshot", str(pid)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        snapshot = Snapshot.open(tmp_path / done.stdout.strip())
        assert max(snapshot.nodes("size_bytes")) > 5_000_000
        refused = subprocess.run(
            [*heapwise, "snapshot", str(os.getpid())], capture_output=True, text=True, check=False
        )
        assert refused.returncode == 2
        assert "--snapshot signal" in refused.stderr
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


@pytest.mark.parametrize(
    "when", ["soon", "every=1ms", "every=x", "peak,every=1s", "signal=KILL", "end=1"]
)
def test_what_is_no_time_for_a_snapshot(when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "--snapshot", when, "-c", "pass"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--snapshot" in done.stderr


@pytest.mark.parametrize("when", ["end", "peak", "every=50ms"])
def test_values_are_written_where_they_are_asked_for_alone(tmp_path: Path, when: str) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import time\nname = 'secret-%d' % 7\nkept = []\nbegun = time.time()\n"
        "while time.time() < begun + 1: kept.append(bytearray(20_000))\n"
    )
    for words, shown in (([], False), (["--values"], True)):
        place = tmp_path / str(shown)
        place.mkdir()
        subprocess.run(
            [sys.executable, "-m", "heapwise", "run", "-q", "--snapshot", when, *words, "-o", place / "a.hw", script],
            check=True,
        )  # fmt: skip
        found = [path.read_bytes() for path in place.glob("a.*snapshot.hw")]
        assert found
        assert all((b"'secret-7'" in each) is shown for each in found)


LOCKED = """
    import fcntl, socket, subprocess, time
    lock, server = open("lock", "w"), socket.create_server(("127.0.0.1", 0))
    fcntl.flock(lock, fcntl.LOCK_EX)
    sorter = subprocess.Popen(["sort"], stdin=subprocess.PIPE)
    kept = [b"%200d" % n for n in range(200_000)]
    for _ in range(8):
        time.sleep(0.05)
        lock.close()
        lock = open("lock", "w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    address = server.getsockname()
    server.close()
    socket.socket().bind(address)
    sorter.stdin.close()
    print("free", sorter.wait(20))
"""


def test_who_writes_a_snapshot_holds_nothing_of_the_program(run_program: Runner) -> None:
    run = run_program(LOCKED, options=["--snapshot", "peak,end"])
    assert (run.code, run.stdout) == (0, "free 0\n")


STEPS = """
    import time
    def work(seconds):
        until = time.perf_counter() + seconds
        while time.perf_counter() < until: pass
    kept = [[bytes(40) for _ in range(1_500_000)]]
    work(0.6)
    for _ in range(2):
        kept.append([bytes(40) for _ in range(len(kept) * 350_000)])
        work(0.1)
    del kept[1:]
    work(0.1)
"""


def test_a_rise_that_follows_another_is_met(run_program: Runner) -> None:
    """What a fork costs is taken from what is left of a quiet time, before there is a rest."""
    run = run_program(STEPS, options=["--snapshot", "peak"])
    snapshot = Snapshot.open(run.path.with_name(run.path.stem + ".peak.snapshot.hw"))
    assert snapshot.figure("heap_bytes") >= 0.9 * run.recording.summary.peak_bytes


WHILE_ANOTHER_IS_WRITTEN = """
    import time
    def work(seconds):
        until = time.perf_counter() + seconds
        while time.perf_counter() < until: pass
    kept = [[bytes(40) for _ in range(1_500_000)]]
    work(0.5)
    for _ in range(2):
        kept.append([bytes(40) for _ in range(200_000)])
        work(0.1)
    kept.clear()
"""


def test_a_peak_is_met_while_a_lower_one_is_being_written(run_program: Runner) -> None:
    """The one of it follows, as does one of a peak that is higher yet, in its place."""
    run = run_program(WHILE_ANOTHER_IS_WRITTEN, options=["--snapshot", "peak"])
    [path] = store.snapshots_of(run.path)
    assert Snapshot.open(path).figure("heap_bytes") >= 0.9 * run.recording.summary.peak_bytes
    assert not list(run.path.parent.glob("*.tmp"))


RISES = """
    kept = [[bytes(40) for _ in range(1_000_000)]]
    kept.append([bytes(40) for _ in range(400_000)])
"""


def test_a_peak_at_the_very_end_is_there(run_program: Runner) -> None:
    """While it rests after the last snapshot, another one waits for more."""
    run = run_program(RISES, options=["--snapshot", "peak"])
    snapshot = Snapshot.open(run.path.with_name(run.path.stem + ".peak.snapshot.hw"))
    assert snapshot.figure("heap_bytes") >= 0.9 * run.recording.summary.peak_bytes


ENDS = """
    import os, signal, time
    kept = [b"%200d" % n for n in range(200_000)]
    time.sleep(0.15)
    END
"""


@pytest.mark.parametrize(
    "end",
    [
        "os._exit(0)",
        "os.kill(os.getpid(), signal.SIGTERM)",
        "os.execv('/bin/true', ['true'])",
        "signal.signal(signal.SIGINT, signal.SIG_IGN); os.killpg(0, signal.SIGINT); kept.clear()",
    ],
)
def test_the_peak_of_a_program_that_ends_all_at_once_is_there(end: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(textwrap.dedent(ENDS.replace("END", end)))
    command = [
        sys.executable,
        "-m",
        "heapwise",
        "run",
        "--snapshot",
        "peak",
        "-o",
        "a.hw",
        "app.py",
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        timeout=60,
    )
    assert "no snapshot" not in done.stderr
    # While it rests after the last one, another is taken when half as much again is there.
    found = Snapshot.open(tmp_path / "a.peak.snapshot.hw").of_type_exactly("bytes")
    assert len(found) > 200_000 / 1.5
    assert not list(tmp_path.glob("*.tmp"))
