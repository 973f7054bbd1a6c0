"""Start, stop, fork, threads, kill: what must neither crash, nor lose, nor grow."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import heapwise
from heapwise.errors import NotWritableError, TooManyScopesError
from heapwise.model import store
from heapwise.model.recording import Recording
from tests.conftest import Runner, python, shared_library


def test_thousands_of_cycles_do_not_grow() -> None:
    source = """
    import heapwise, json, os, time
    from heapwise.capture.core import native
    def rss():
        with open("/proc/self/statm") as f: return int(f.read().split()[1]) * 4096
    def cycle():
        with heapwise.record() as r: x = [str(i) for i in range(20)]
    for _ in range(500): cycle()
    before = rss(), native().internals()["own_mapped_bytes"], len(os.listdir("/proc/self/fd"))
    for _ in range(4500): cycle()
    after = rss(), native().internals()["own_mapped_bytes"], len(os.listdir("/proc/self/fd"))
    deadline = time.monotonic() + 10  # a joined thread's entry goes a moment after its end
    while len(os.listdir("/proc/self/task")) > 1 and time.monotonic() < deadline: time.sleep(0.01)
    print(json.dumps([before, after, len(os.listdir("/proc/self/task"))]))
    """
    before, after, threads = json.loads(python(source, timeout=600))
    assert after[0] - before[0] < 1 << 20
    assert after[1] == before[1]
    assert after[2] == before[2]
    assert threads == 1


def test_nested_and_overlapping_scopes(tmp_path: Path) -> None:
    outer = heapwise.record(tmp_path / "outer.hw").start()
    kept = [bytes(1000) for _ in range(100)]
    inner = heapwise.record(tmp_path / "inner.hw").start()
    temporary = bytearray(5_000_000)
    del temporary
    more = bytearray(2_000_000)
    assert inner.usage().peak_bytes == pytest.approx(5_000_000, rel=0.01)
    assert inner.usage().in_use_bytes == pytest.approx(2_000_000, rel=0.01)
    outer.stop()
    late = bytearray(3_000_000)
    inner.stop()
    assert kept and more and late
    a, b = Recording.open(tmp_path / "outer.hw"), Recording.open(tmp_path / "inner.hw")
    assert a.summary.peak_bytes == pytest.approx(5_100_000, rel=0.02)
    assert b.summary.peak_bytes == pytest.approx(5_000_000, rel=0.02)
    assert b.summary.end_bytes == pytest.approx(5_000_000, rel=0.02)
    assert b.summary.total_bytes == pytest.approx(10_000_000, rel=0.02)
    # The pieces add up in a side scope as well.
    assert sum(s.peak_bytes for s in b.sites if s.kind < 4) == pytest.approx(
        b.summary.peak_bytes, abs=4096
    )


def test_scopes_refuse_what_they_cannot_do(tmp_path: Path) -> None:
    with heapwise.record():
        with heapwise.record(sample=True) as inner:  # takes the running mode
            kept = bytearray(100_000)
            assert (
                inner.usage().in_use_bytes > len(kept) - 2000
            )  # less what was freed since its entry
        scopes = [heapwise.record().start() for _ in range(15)]
        with pytest.raises(TooManyScopesError):
            heapwise.record().start()
        for scope in scopes:
            scope.stop()
    with pytest.raises(NotWritableError):
        heapwise.record(tmp_path / "no" / "such" / "place.hw").start()
    scope = heapwise.record()
    with pytest.raises(RuntimeError):
        scope.stop()
    with scope, pytest.raises(RuntimeError):
        scope.start()


def test_sigkill_leaves_all_but_the_last_second(tmp_path: Path) -> None:
    path = tmp_path / "out.hw"
    script = tmp_path / "program.py"
    script.write_text(
        "import time\nkept = []\nt = time.time()\nprint('on', flush=True)\n"
        "while True:\n    kept.append(bytearray(100_000)); time.sleep(0.01)\n    print(len(kept), flush=True)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-m", "heapwise", "run", "-o", str(path), str(script)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    time.sleep(3.2)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    out, err = run.communicate(timeout=20)
    appended = int(out.split()[-1])
    assert run.returncode == -signal.SIGKILL
    assert "killed by SIGKILL" in err
    recording = Recording.open(path)
    assert not recording.summary.complete
    lost = appended - recording.summary.end_bytes / 100_057
    assert lost <= 100, lost  # at most 100 a second
    assert not list(tmp_path.glob("*.tmp"))


def test_fork_and_threads_under_load(run_program: Runner) -> None:
    run = run_program(
        """
        import os, threading
        stop = False
        def churn():
            while not stop:
                x = [str(i) for i in range(50)]; y = {i: [i] for i in range(20)}
        threads = [threading.Thread(target=churn) for _ in range(3)]
        for t in threads: t.start()
        for n in range(12):
            pid = os.fork()
            if pid == 0:
                kept = bytearray(1_000_000 * (n + 1))
                os._exit(n)
            assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == n
        stop = True
        for t in threads: t.join()
        """
    )
    assert run.code == 0, run.stderr
    children = [Recording.open(path) for path in store.children_of(run.path)]
    peaks = sorted(c.summary.peak_bytes for c in children)
    assert len(peaks) == 12
    assert all(c.summary.complete for c in children)
    for n, peak in enumerate(peaks):
        assert 1_000_000 * (n + 1) < peak < 1_000_000 * (n + 1) + 400_000
    assert all(c.summary.inherited_bytes > 100_000 for c in children)


def test_multiprocessing_of_all_kinds_writes_files_of_their_own(run_program: Runner) -> None:
    run = run_program(
        """
        import multiprocessing as mp, sys
        def work(n):
            kept = bytearray(n)
            return len(kept)
        if __name__ == "__main__":
            for kind in ("fork", "spawn", "forkserver"):
                with mp.get_context(kind).Pool(1) as pool:
                    print(pool.map(work, [10_000_000]))
                    pool.close(); pool.join()
        """
    )
    assert run.code == 0, run.stderr
    children = [Recording.open(path) for path in store.children_of(run.path)]
    large = [c for c in children if c.summary.peak_bytes > 10_000_000]
    assert len(large) == 3


def test_no_children_leaves_one_file(run_program: Runner) -> None:
    run = run_program(
        """
        import os, subprocess, sys
        print(sorted(k for k in os.environ if k.startswith("HEAPWISE_CAPTURE")))
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        if os.fork() == 0: os._exit(0)
        os.wait()
        """,
        options=["--no-children"],
    )
    assert run.stdout.strip() == "[]"
    assert store.children_of(run.path) == []


def test_a_full_disk_does_not_stop_the_program(run_program: Runner) -> None:
    run = run_program(
        """
        import resource, time
        kept = [bytes(100) for _ in range(1000)]
        time.sleep(1.3)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        kept2 = [bytes(100) for _ in range(1000)]
        time.sleep(1.1)
        print("done")
        """
    )
    assert run.code == 0
    assert run.stdout == "done\n"
    assert "cannot be written" in run.stderr
    recording = run.recording
    assert not recording.summary.complete
    assert recording.summary.end_bytes > 100_000


def test_coexists_with_tracemalloc_and_other_hooks(run_program: Runner) -> None:
    run = run_program(
        """
        import tracemalloc, sys, faulthandler
        faulthandler.enable()
        tracemalloc.start()
        x = [bytes(1000) for _ in range(1000)]
        assert tracemalloc.get_traced_memory()[0] > 1_000_000
        tracemalloc.stop()
        y = [bytes(1000) for _ in range(1000)]
        del x, y
        """
    )
    assert run.code == 0, run.stderr
    assert run.line(5) == pytest.approx(1_041_000, rel=0.02)
    assert run.line(8) == pytest.approx(1_041_000, rel=0.02)


@pytest.mark.parametrize("allocator", ["malloc", "debug", "pymalloc_debug"])
def test_other_python_allocators_are_counted_once(run_program: Runner, allocator: str) -> None:
    run = run_program(
        "x = [bytes(1000) for _ in range(1000)]\ny = [[] for _ in range(1000)]\n",
        env={"PYTHONMALLOC": allocator},
    )
    assert run.code == 0, run.stderr
    assert run.line(1) == pytest.approx(1_041_000, rel=0.02)


def test_a_program_that_replaces_itself_leaves_both_recordings(run_program: Runner) -> None:
    run = run_program(
        """
        import os, sys
        kept = bytearray(20_000_000)
        if len(sys.argv) == 1:
            os.execv(sys.executable, [sys.executable, sys.argv[0], "again"])
        print("replaced")
        """
    )
    assert run.stdout == "replaced\n"
    assert run.recording.summary.complete
    assert run.recording.summary.end_bytes > 20_000_000
    (second,) = [Recording.open(path) for path in store.children_of(run.path)]
    assert second.summary.end_bytes > 20_000_000


def test_two_forks_in_a_thread_do_not_stop_the_clock(run_program: Runner) -> None:
    run = run_program(
        """
        import os, threading, time
        kept = []
        def work():
            for _ in range(2):
                pid = os.fork()
                if pid == 0: os._exit(0)
                os.waitpid(pid, 0)
            for _ in range(15):
                kept.append(bytearray(10_000_000)); time.sleep(0.1)
            os.kill(os.getpid(), 9)
        thread = threading.Thread(target=work); thread.start(); thread.join()
        """
    )
    summary = run.recording.summary
    assert summary.duration_s > 0.4
    assert summary.peak_bytes > 30_000_000
    assert summary.peak_s > 0.2


def test_children_of_an_earlier_run_are_not_counted(run_program: Runner) -> None:
    forks = "import os\nif os.fork() == 0: os._exit(0)\nos.wait()\n"
    assert len(store.children_of(run_program(forks).path)) == 1
    assert len(store.children_of(run_program(forks).path)) == 1
    assert store.children_of(run_program("print(1)\n").path) == []


def test_each_image_of_a_process_keeps_its_file(run_program: Runner) -> None:
    run = run_program(
        """
        import os, sys
        n = int(sys.argv[1]); kept = bytearray(10_000_000 * n)
        if n > 1: os.execv(sys.executable, [sys.executable, __file__, str(n - 1)])
        """,
        "3",
    )
    sizes = [
        Recording.open(path).summary.end_bytes // 10_000_000 for path in store.children_of(run.path)
    ]
    assert sorted(sizes) == [1, 2]
    assert run.recording.summary.end_bytes > 30_000_000


def test_a_subinterpreter_says_nothing_of_ours(run_program: Runner) -> None:
    run = run_program(
        """
        try:
            import _xxsubinterpreters as interpreters
        except ImportError:
            import _interpreters as interpreters
        i = interpreters.create()
        interpreters.run_string(i, "x = [bytes(1000) for _ in range(100)]") if hasattr(
            interpreters, "run_string") else interpreters.exec(i, "x = 1")
        interpreters.destroy(i)
        """,
        options=["-q"],
    )
    assert run.code == 0, run.stderr
    assert run.stderr == ""
    assert store.children_of(run.path) == []


def test_native_threads_that_fork_at_once_do_not_wait_for_each_other(
    run_program: Runner, tmp_path: Path
) -> None:
    library = shared_library(
        tmp_path / "libforks.so",
        'extern "C" int go(int);\n'
        "#include <pthread.h>\n#include <sys/wait.h>\n#include <unistd.h>\n"
        "static void* work(void* x) { for (int i = 0; i < 100; ++i) { pid_t p = fork();"
        " if (p == 0) _exit(0); waitpid(p, 0, 0); } return x; }\n"
        "int go(int n) { pthread_t t[8]; for (int i = 0; i < n; ++i) pthread_create(&t[i], 0, work, 0);"
        " for (int i = 0; i < n; ++i) pthread_join(t[i], 0); return n; }\n",
    )
    run = run_program(
        f"import ctypes\nprint(ctypes.CDLL({str(library)!r}).go(4))\n", options=["-q"], timeout=60
    )
    assert (run.code, run.stdout) == (0, "4\n")


def test_snapshots_while_native_threads_wait_for_the_recorder(tmp_path: Path) -> None:
    # A thread may have one hand on the recorder's lock when the child is forked: there it never lets go.
    library = shared_library(
        tmp_path / "busy.so",
        """
        #include <pthread.h>
        #include <stdlib.h>
        static void* churn(void*) { for (;;) { void* volatile p = malloc(100); free(p); } return 0; }
        extern "C" void begin() { pthread_t t; for (int i = 0; i < 2; ++i) pthread_create(&t, 0, churn, 0); }
        """,
    )
    python(
        f"""
        import ctypes, os, heapwise
        with heapwise.record():
            ctypes.CDLL({str(library)!r}).begin()
            for i in range(60):
                heapwise.snapshot({str(tmp_path / "a.hw")!r})
                [str(i) for i in range(3000)]
            os._exit(0)
        """,
        timeout=120,
    )


def test_a_limit_on_the_size_of_files_does_not_end_the_program(run_program: Runner) -> None:
    run = run_program(
        """
        import resource, signal, sys, time
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        kept = [bytes(100) for i in range(100_000)]
        time.sleep(1.2)  # a checkpoint is due
        kept += [bytes(100) for i in range(100_000)]
        print(len(kept), signal.sigpending())
        sys.exit(7)
        """
    )
    assert (run.code, run.stdout) == (7, "200000 set()\n"), run.stderr
    assert "File too large" in run.stderr
