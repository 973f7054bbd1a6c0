"""Time beside memory: CPU samples agree with the program's own clocks; copies are counted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.analyze.by_place import by_function, by_line
from heapwise.analyze.selection import Selection
from heapwise.model.family import open_family
from heapwise.model.recording import Recording
from tests.conftest import Run, Runner, shared_library
from tests.truth.oracle import said_names


def cpu_ms(recording: Recording, function: str) -> tuple[float, float]:
    """(CPU, of which native) of a function, in milliseconds."""
    rows = by_function(recording, Selection(limit=0)).rows()
    found = [row for row in rows if row["function"] == function]
    return sum(row["cpu_ms"] for row in found), sum(row["cpu_native_ms"] for row in found)


def line_row(run: Run, line: int) -> dict[str, float]:
    rows = by_line(open_family(run.path).merged, Selection(limit=0)).rows()
    return next(row for row in rows if row["line"] == line and row["file"].endswith("program.py"))


def test_cpu_time_is_charged_to_who_used_it(run_program: Runner) -> None:
    run = run_program(
        """
        import hashlib, threading, time
        def interpreted():
            total = 0
            for i in range(8_000_000):
                total += i % 7
        def native():
            data = bytes(4_000_000)
            for _ in range(150):
                hashlib.md5(data).digest()
        def asleep():
            time.sleep(0.4)
        def timed(function):
            begun = time.thread_time()
            function()
            print(f"{function.__name__}_ms {round(1000 * (time.thread_time() - begun))}")
        timed(interpreted); timed(native); timed(asleep)
        thread = threading.Thread(target=timed, args=(interpreted,)); thread.start(); thread.join()
        print(f"process_ms {round(1000 * time.process_time())}")
        """
    )
    names = said_names(run.stdout)
    twice = sum(
        int(line.split()[1])
        for line in run.stdout.splitlines()
        if line.startswith("interpreted_ms")
    )
    recording = run.recording
    interpreted, within = cpu_ms(recording, "interpreted")
    assert interpreted == pytest.approx(twice, rel=0.1, abs=40)
    assert within < 0.2 * interpreted
    native, within = cpu_ms(recording, "native")
    assert native == pytest.approx(names["native_ms"], rel=0.1, abs=40)
    assert within > 0.8 * native
    assert cpu_ms(recording, "asleep")[0] < 40
    whole = sum(recording.cpu.cpu_ns) / 1e6
    assert whole == pytest.approx(names["process_ms"], rel=0.15, abs=80)


def test_wall_time_counts_while_a_thread_sleeps(run_program: Runner) -> None:
    run = run_program(
        """
        import time
        def asleep():
            time.sleep(0.8)
        asleep()
        """
    )
    recording = run.recording
    frames = {
        recording.frames[recording.node_frames[node]].function: wall_ns / 1e9
        for node, wall_ns in zip(recording.cpu.node, recording.cpu.wall_ns, strict=True)
    }
    assert frames["asleep"] == pytest.approx(0.8, abs=0.1)
    assert {tick.node for tick in recording.ticks} & set(recording.cpu.node)


def test_time_of_a_task_hangs_below_who_made_it(run_program: Runner) -> None:
    run = run_program(
        """
        import asyncio, time
        def burn():
            begun = time.thread_time()
            while time.thread_time() - begun < 0.25: pass
        async def job():
            await asyncio.sleep(0)
            burn()
        def spawn():
            return asyncio.ensure_future(job())
        async def main():
            await asyncio.gather(spawn(), spawn())
        asyncio.run(main())
        """,
        options=["-q"],
    )
    recording = run.recording
    below = other = 0
    for node, cpu_ns in zip(recording.cpu.node, recording.cpu.cpu_ns, strict=True):
        names = [frame.function for frame in recording.stack(node)] if node else []
        if "burn" in names:
            if "spawn" in names and "job" in names and names.index("spawn") < names.index("job"):
                below += cpu_ns
            else:
                other += cpu_ns
    assert below > 0.3e9
    assert other < 0.15 * below


def test_stacks_that_change_under_the_sampler_crash_nothing(run_program: Runner) -> None:
    run = run_program(
        """
        import threading, time
        until = time.monotonic() + 3
        def deep(n): return n and deep(n - 1)
        def made(i):
            names = {}
            exec(f"def f{i}(n):\\n    return [f{i}(n - 1)] if n else []", names)
            return names[f"f{i}"]
        def generate():
            for i in range(50): yield from (j for j in range(20))
        def work():
            i = 0
            while time.monotonic() < until:
                i += 1
                made(i)(20); deep(300); sum(generate())
        while time.monotonic() < until:
            threads = [threading.Thread(target=work) for _ in range(3)]
            threads += [threading.Thread(target=deep, args=(50,)) for _ in range(20)]
            for t in threads: t.start()
            for t in threads: t.join()
        print("done")
        """,
        timeout=60,
    )
    assert (run.code, run.stdout) == (0, "done\n"), run.stderr
    known = {"work", "deep", "made", "generate", "generate.<locals>.<genexpr>"}
    recording = run.recording
    charged = {"program": 0, "else": 0}
    for node, cpu_ns in zip(recording.cpu.node, recording.cpu.cpu_ns, strict=True):
        stack = recording.stack(node)
        ours = any(frame.function in known or frame.function.startswith("f") for frame in stack)
        charged["program" if ours else "else"] += cpu_ns
    assert charged["program"] > 0.8 * sum(charged.values())


def test_short_threads_and_threads_without_python_are_charged(
    run_program: Runner, tmp_path: Path
) -> None:
    library = shared_library(
        tmp_path / "libspin.so",
        'extern "C" int go(void);\n'
        "#include <pthread.h>\n#include <stdlib.h>\n#include <time.h>\n"
        "static void* spin(void* x) { free(malloc(10)); struct timespec t; do {"
        " clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); } while (t.tv_nsec < 300000000); return x; }\n"
        "int go(void) { pthread_t t; pthread_create(&t, 0, spin, 0); return pthread_join(t, 0); }\n",
    )
    run = run_program(
        f"""
        import ctypes, threading, time
        def burn():
            begun = time.thread_time()
            while time.thread_time() - begun < 0.007: pass
        for _ in range(100):
            thread = threading.Thread(target=burn); thread.start(); thread.join()
        ctypes.CDLL({str(library)!r}).go()
        print(f"process_ms {{round(1000 * time.process_time())}}")
        """
    )
    recording = run.recording
    whole = sum(recording.cpu.cpu_ns) / 1e6
    assert whole == pytest.approx(said_names(run.stdout)["process_ms"], rel=0.15, abs=80)
    lines = by_line(recording, Selection(limit=0)).rows()
    spun = [r["cpu_ms"] for r in lines if r["line"] == 8 and r["file"].endswith("program.py")]
    assert sum(spun) == pytest.approx(300, rel=0.15)


def test_functions_that_never_allocate_are_told_apart(run_program: Runner) -> None:
    run = run_program(
        """
        import itertools
        def run(i):
            code = compile(f"def f{i}(it):\\n for _ in it: pass\\n", f"made{i}.py", "exec").co_consts[0]
            made = type(run)(code, {}); del code
            made(itertools.repeat(None, 8_000_000))
        for i in range(4): run(i)
        """
    )
    recording = run.recording
    functions = {recording.frames[recording.node_frames[n]].function for n in recording.cpu.node}
    assert {"f0", "f1", "f2", "f3"} <= functions


def test_a_scope_counts_its_own_time(tmp_path: Path) -> None:
    source = f"""
import time, heapwise
def burn(seconds):
    begun = time.thread_time()
    while time.thread_time() - begun < seconds: pass
with heapwise.record({str(tmp_path / "main.hw")!r}):
    burn(0.5)
    with heapwise.record({str(tmp_path / "side.hw")!r}):
        burn(0.2)
"""
    subprocess.run([sys.executable, "-c", source], check=True)
    side = Recording.open(tmp_path / "side.hw")
    assert sum(side.cpu.cpu_ns) / 1e6 == pytest.approx(200, rel=0.2, abs=20)
    assert sum(Recording.open(tmp_path / "main.hw").cpu.cpu_ns) / 1e6 > 600


def test_frames_of_an_unknown_layout_are_not_sampled(run_program: Runner) -> None:
    busy = "import time\nwhile time.process_time() < 0.4: pass\n"
    assert len(run_program(busy).recording.cpu.node) > 0
    # os.getcwd() allocates without the interpreter's lock.
    public = run_program(
        f"import os\nfor i in range(100): os.getcwd()\n{busy}",
        env={"HEAPWISE_CAPTURE_WALK": "public"},
    )
    assert public.code == 0
    assert len(public.recording.cpu.node) == 0
    assert public.recording.summary.total_bytes > 0


def test_a_forked_child_is_sampled_by_itself(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        def busy():
            begun = time.thread_time()
            while time.thread_time() - begun < 0.5: sum(range(1000))
        pid = os.fork()
        if pid == 0:
            busy()
            os._exit(0)
        os.waitpid(pid, 0)
        """
    )
    family = open_family(run.path)
    (child,) = family.children
    assert cpu_ms(child, "busy")[0] == pytest.approx(500, rel=0.1, abs=40)
    assert cpu_ms(family.main, "busy")[0] == 0
    assert cpu_ms(family.merged, "busy") == cpu_ms(child, "busy")


def test_large_copies_are_counted_where_they_are_made(run_program: Runner) -> None:
    run = run_program(
        """
        data = bytes(16_000_000)
        part = data[1:]
        view = memoryview(data)[1:]
        small = [data[:1000] for _ in range(1000)]
        """
    )
    assert line_row(run, 3)["copied_bytes"] == 15_999_999
    assert line_row(run, 3)["peak_bytes"] == pytest.approx(16_000_000, rel=0.001)
    assert line_row(run, 4)["copied_bytes"] == 0
    assert line_row(run, 5)["copied_bytes"] == 0


def test_the_view_of_lines_shows_few_and_says_all(run_program: Runner) -> None:
    run = run_program(
        """
        import hashlib
        kept = [bytes(1000) for _ in range(20_000)]
        for _ in range(40):
            hashlib.md5(bytes(5_000_000)).digest()
        small = [bytes(10) for _ in range(10)]
        """
    )
    command = [sys.executable, "-m", "heapwise", "report", str(run.path), "--view", "lines"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = text.splitlines()
    head = next(i for i, row in enumerate(rows) if "over time" in row)
    assert "program.py:3 <module>" in rows[head + 1]
    assert "kept = [bytes(1000) for _ in range(20_000)]" in "".join(rows[head + 1 : head + 3])
    figures = next(row for row in rows[head + 2 :] if "█" in row)
    assert figures.startswith("    19.9 MiB")
    assert "small =" not in text  # 95 % is held by two lines
    assert "…" not in figures
    answer = subprocess.run(
        [*command, "--json", "--limit", "0"], capture_output=True, text=True, check=True
    ).stdout
    found = [row for row in json.loads(answer)["lines"] if row["file"].endswith("program.py")]
    lines = {row["line"]: row for row in found}
    assert 0.45 < lines[3]["survival"] <= 1  # on some versions each turn makes an int and drops it
    assert lines[3]["python_bytes"] == pytest.approx(lines[3]["peak_bytes"], rel=0.001)
    assert max(lines[3]["trend_bytes"]) == lines[3]["peak_bytes"]
    assert lines[5]["survival"] < 0.2
    assert lines[5]["cpu_native_ms"] > 0.5 * lines[5]["cpu_ms"] > 0
    assert 6 in lines
    path = Path(run.path).with_suffix(".csv")
    subprocess.run([*command, "-o", str(path)], check=True, capture_output=True)
    assert path.read_text().startswith("file,line,function,peak_bytes")
