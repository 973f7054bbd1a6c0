"""The program is what it is without Heapwise: memory, laziness, hooks, limits, other tools."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SAME = {
    "trace": """
        import sys
        events = []
        def tracer(frame, event, arg):
            events.append((event, frame.f_code.co_name, frame.f_lineno))
            return tracer
        def f(n): return [n] and g(n)
        def g(n):
            try: raise ValueError(n)
            except ValueError: return [n] * 3
        sys.settrace(tracer); f(3); sys.settrace(None)
        print(events, sys.gettrace(), sys.getprofile())
    """,
    "profile": """
        import sys
        events = []
        sys.setprofile(lambda frame, event, arg: events.append((event, frame.f_code.co_name)))
        sorted([3, 1, 2]); [str(i) for i in range(5)]
        sys.setprofile(None)
        print(events)
    """,
    "monitoring": """
        import sys
        if hasattr(sys, "monitoring"):
            m, seen = sys.monitoring, []
            print([m.get_tool(i) for i in range(6)])
            m.use_tool_id(2, "t")
            m.register_callback(2, m.events.LINE, lambda code, line: seen.append((code.co_name, line)))
            m.set_events(2, m.events.LINE)
            x = [i for i in range(3)]; y = {"a": x}
            m.set_events(2, 0)
            print(seen)
    """,
    "collector": """
        import gc
        # The one thing that can be seen: a function of C, where the interpreter's manual puts it.
        print([c for c in gc.callbacks if c.__name__ != "collector_event"], len(gc.callbacks) < 2)
        print(gc.get_threshold(), gc.isenabled())
        gc.collect()
        before = [s["collections"] for s in gc.get_stats()]
        kept = []
        for i in range(50_000):
            ring = [i]; ring.append(ring); kept.append({}) if i % 7 == 0 else None
        print([s["collections"] - b for s, b in zip(gc.get_stats(), before)])
    """,
    "recursion": """
        import sys
        def depth(n):
            try: return depth(n + 1)
            except RecursionError: return n
        print(depth(0), sys.getrecursionlimit())
        sys.setrecursionlimit(5000)
        print(depth(0))
    """,
    "signals": """
        import signal, os
        print([(s.name, str(signal.getsignal(s))) for s in sorted(signal.valid_signals(), key=int)
               if isinstance(s, signal.Signals)])
        print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(signal.ITIMER_PROF))
        hits = []
        signal.signal(signal.SIGPROF, lambda *a: hits.append([1]))
        signal.setitimer(signal.ITIMER_PROF, 0.002, 0.002)
        while len(hits) < 20: x = [str(i) for i in range(100)]
        signal.setitimer(signal.ITIMER_PROF, 0)
        print("hit")
    """,
    "faulthandler": """
        import faulthandler, sys
        faulthandler.enable()
        def f(): faulthandler.dump_traceback(file=sys.stdout, all_threads=False)
        sys.stdout.flush(); f()
    """,
    "pools": """
        import threading, concurrent.futures as c
        with c.ThreadPoolExecutor(8) as pool:
            print(sum(pool.map(lambda n: len([n] * n), range(2000))))
        print(threading.active_count(), [t.name for t in threading.enumerate()])
    """,
    "references": """
        import sys, weakref
        class A: pass
        a = A(); b = [a, a]
        print(sys.getrefcount(a), sys.getsizeof(b), sys.getsizeof(a.__dict__))
        w = weakref.ref(a); del a, b
        print(w())
    """,
    "frames": """
        import sys, traceback
        def f(): return [frame.name for frame in traceback.extract_stack()]
        print(f(), sys._getframe().f_back)
    """,
}  # fmt: skip


def both(source: str, tmp_path: Path, *prefix: str) -> list[str]:
    """stdout of a program, bare and recorded."""
    script = tmp_path / "program.py"
    script.write_text(textwrap.dedent(source))
    found = []
    heapwise = ["-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw")]
    for words in ([], heapwise):
        done = subprocess.run(
            [sys.executable, *words, *prefix, str(script)], capture_output=True, text=True,
            timeout=120, cwd=tmp_path, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found.append(done.stdout)
    return found


@pytest.mark.parametrize("name", SAME)
def test_the_program_sees_no_difference(name: str, tmp_path: Path) -> None:
    bare, recorded = both(SAME[name], tmp_path)
    assert recorded == bare
    assert bare.strip() or (name == "monitoring" and sys.version_info < (3, 12))


def test_the_resident_set_changes_by_two_percent_at_most(tmp_path: Path) -> None:
    bare, recorded = both(
        """
        import numpy, resource
        kept = [numpy.ones(10_000_000) for _ in range(9)]
        more = [bytes(100_000) for _ in range(1000)]
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """,
        tmp_path,
    )
    assert int(recorded) < int(bare) * 1.02


@pytest.mark.parametrize(
    "allocate",
    [
        "numpy.zeros(1 << 28)",
        "libc.calloc(1 << 11, 1 << 20)",
        "libc.realloc(libc.malloc(1 << 28), 1 << 31)",
        "libc.mmap(None, 1 << 31, 3, 0x22, -1, 0)",
    ],
)
def test_what_nobody_touches_stays_untouched(allocate: str, tmp_path: Path) -> None:
    bare, recorded = both(
        f"""
        import ctypes, numpy
        libc = ctypes.CDLL(None)
        for name in ("malloc", "calloc", "realloc", "mmap"):
            getattr(libc, name).restype = ctypes.c_void_p
        libc.malloc.argtypes = [ctypes.c_size_t]; libc.calloc.argtypes = [ctypes.c_size_t] * 2
        libc.realloc.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
        def resident(): return int(open("/proc/self/statm").read().split()[1]) * 4096
        before = resident()
        kept = {allocate}
        print(resident() - before)
        """,
        tmp_path,
    )
    assert int(bare) < 16 << 20
    assert int(recorded) < 16 << 20


def test_tracemalloc_counts_what_it_counts_alone(tmp_path: Path) -> None:
    bare, recorded = both(
        """
        import tracemalloc
        tracemalloc.start(5)
        kept = [bytes(1000) for _ in range(10_000)]
        current, peak = tracemalloc.get_traced_memory()
        line = tracemalloc.take_snapshot().statistics("lineno")[0]
        print(current, line.traceback[0].lineno, line.count)
        """,
        tmp_path,
    )
    (b, *b_rest), (r, *r_rest) = bare.split(), recorded.split()
    assert r_rest == b_rest
    assert int(r) == pytest.approx(int(b), rel=0.001)


def test_coverage_measures_what_it_measures_alone(tmp_path: Path) -> None:
    if importlib.util.find_spec("coverage") is None:
        pytest.skip("no coverage here")
    script = tmp_path / "covered.py"
    script.write_text("def f(x):\n    if x:\n        return [1]\n    return [2]\n\nf(1)\n")
    answers = []
    for words in ([], ["-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw")]):
        subprocess.run(
            [sys.executable, *words, "-m", "coverage", "run", str(script)], cwd=tmp_path, check=True
        )
        answers.append(
            subprocess.run(
                [sys.executable, "-m", "coverage", "report", "-m"], cwd=tmp_path, check=True,
                capture_output=True, text=True,
            ).stdout
        )  # fmt: skip
    assert answers[0] == answers[1]
    assert "80%" in answers[0]


def test_a_debugger_steps_as_it_does_alone(tmp_path: Path) -> None:
    script = tmp_path / "debugged.py"
    script.write_text("def f(x):\n    y = [x]\n    return y\n\nprint(f(1))\n")
    answers = []
    for words in ([], ["-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw")]):
        done = subprocess.run(
            [sys.executable, *words, "-m", "pdb", str(script)], cwd=tmp_path, check=True, text=True,
            capture_output=True, input="b 2\nc\np x\nn\np y\nw\nc\nq\n", timeout=60,
        )  # fmt: skip
        answers.append(done.stdout)
    assert answers[0] == answers[1]
    assert "[1]" in answers[0]
