"""memory_profiler's interface: the same tables, with figures that are true."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from heapwise.compat import line_trace
from heapwise.compat.memory_profiler import (
    LineProfiler,
    LogFile,
    TimeStamper,
    memory_usage,
    profile,
    show_results,
)
from heapwise.compat.sampler import resident_bytes

MIB = 2**20


@pytest.fixture(autouse=True, scope="module")
def _recording_ends() -> Iterator[None]:
    yield
    line_trace.end_recording()


ROW = re.compile(r"^ *(\d+) +(-?[\d.]+) MiB +(-?[\d.]+) MiB +(\d+) ")


def rows(text: str) -> dict[str, tuple[float, float, int]]:
    """Source line -> (usage, increment, occurrences)."""
    found = {}
    for line in text.splitlines():
        if match := ROW.match(line):
            source = line[match.end() :].strip()
            found[source] = float(match[2]), float(match[3]), int(match[4])
    return found


def table(function: Callable[..., Any], *args: Any, **options: Any) -> str:
    out = io.StringIO()
    profile(function, stream=out, **options)(*args)
    return out.getvalue()


def build() -> list[int]:
    a = [1] * 1_000_000
    b = [2] * 10_000_000
    del b
    for _ in range(3):
        c = bytearray(5_000_000)
    assert c
    return a


def test_a_table_has_the_form_and_the_true_figures() -> None:
    text = table(build, precision=3)
    lines = text.splitlines()
    assert lines[0].startswith("Filename: ") and lines[0].endswith("test_memory_profiler.py")
    assert lines[2] == "Line #    Mem usage    Increment  Occurrences   Line Contents"
    assert lines[3] == "=" * len(lines[2])
    found = rows(text)
    usage, increment, runs = found["a = [1] * 1_000_000"]
    assert (increment, runs) == (pytest.approx(8_000_000 / MIB, abs=0.01), 1)
    assert found["b = [2] * 10_000_000"][1] == pytest.approx(80_000_000 / MIB, abs=0.01)
    assert found["del b"][1] == pytest.approx(-80_000_000 / MIB, abs=0.01)
    # Three buffers were made, two of them died as the next took their place: the line kept one.
    assert found["c = bytearray(5_000_000)"][1:] == (pytest.approx(5_000_000 / MIB, abs=0.01), 3)
    assert found["for _ in range(3):"][1:] == (pytest.approx(0, abs=0.01), 4)
    entry, first, once = found["def build() -> list[int]:"]
    assert entry == first and once == 1
    assert usage == pytest.approx(entry + increment, abs=0.1)
    assert abs(resident_bytes(os.getpid()) / MIB - entry) < 60


def test_increments_of_a_loop_are_not_negative() -> None:
    """memory_profiler subtracts maxima from sums here (its issues 195, 211, 219, 226)."""

    def loop() -> int:
        total = 0
        for i in range(50):
            block = bytearray(100_000 * (i % 5 + 1))
            total += len(block)
        return total

    found = rows(table(loop, precision=4))
    assert found["total += len(block)"][1] == pytest.approx(0, abs=0.001)
    last = 100_000 * 5
    assert found["block = bytearray(100_000 * (i % 5 + 1))"][1:] == (
        pytest.approx(last / MIB, rel=0.02),
        50,
    )


def test_calls_count_for_the_line_that_calls() -> None:
    def inner() -> bytearray:
        return bytearray(3_000_000)

    def outer() -> int:
        kept = inner()
        return len(kept)

    assert rows(table(outer, precision=3))["kept = inner()"][1] == pytest.approx(
        3_000_000 / MIB, abs=0.01
    )


def test_recursion_and_exceptions() -> None:
    def dive(depth: int) -> list[Any]:
        kept: list[Any] = [bytearray(1_000_000)]
        if depth:
            kept.append(dive(depth - 1))
        return kept

    prof = LineProfiler()
    prof(dive)(4)
    out = io.StringIO()
    show_results(prof, stream=out, precision=3)
    found = rows(out.getvalue())
    assert found["kept: list[Any] = [bytearray(1_000_000)]"][1:] == (
        pytest.approx(5_000_000 / MIB, abs=0.02),
        5,
    )

    def fail() -> None:
        block = bytearray(2_000_000)
        raise ValueError(len(block))

    prof = LineProfiler()
    with pytest.raises(ValueError, match="2000000"):
        prof(fail)()
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())
    show_results(prof, stream=(out := io.StringIO()), precision=3)
    assert rows(out.getvalue())["block = bytearray(2_000_000)"][1] == pytest.approx(
        2_000_000 / MIB, abs=0.01
    )


def test_generators_are_measured_over_all_their_steps() -> None:
    def steps() -> Any:
        a = bytearray(1_000_000)
        got = yield len(a)
        b = bytearray(got)
        yield len(b)

    out = io.StringIO()
    generator = profile(steps, stream=out, precision=3)()
    assert next(generator) == 1_000_000
    outside = bytearray(7_000_000)  # while it is suspended: none of its lines
    assert generator.send(2_000_000) == 2_000_000
    assert list(generator) == [] and outside
    found = rows(out.getvalue())
    assert found["a = bytearray(1_000_000)"][1] == pytest.approx(1_000_000 / MIB, abs=0.01)
    assert found["b = bytearray(got)"][1] == pytest.approx(2_000_000 / MIB, abs=0.01)
    assert found["got = yield len(a)"][1] == pytest.approx(0, abs=0.01)


def test_coroutines_methods_and_classmethods() -> None:
    out = io.StringIO()

    @profile(stream=out, precision=3)
    async def fetch() -> int:
        block = bytearray(1_500_000)
        await asyncio.sleep(0)
        return len(block)

    class Thing:
        @profile(stream=out, precision=3)
        def method(self) -> int:
            part = bytearray(1_600_000)
            return len(part)

        @classmethod
        @profile(stream=out, precision=3)
        def make(cls) -> int:
            piece = bytearray(1_700_000)
            return len(piece)

    assert asyncio.run(fetch()) == 1_500_000
    assert (Thing().method(), Thing.make()) == (1_600_000, 1_700_000)
    found = rows(out.getvalue())
    for source, size in (("block", 1_500_000), ("part", 1_600_000), ("piece", 1_700_000)):
        line = next(s for s in found if s.startswith(f"{source} ="))
        assert found[line][1] == pytest.approx(size / MIB, abs=0.01)


def test_what_traced_before_traces_again() -> None:
    calls: list[str] = []

    def trace(frame: Any, event: str, arg: Any) -> None:
        calls.append(frame.f_code.co_name)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        table(build)
        assert sys.gettrace() is trace
        rows("")
    finally:
        sys.settrace(before)
    assert "rows" in calls


def test_backends_read_the_resident_set() -> None:
    text = table(build, backend="psutil", precision=2)
    assert rows(text)["b = [2] * 10_000_000"][1] == pytest.approx(80_000_000 / MIB, rel=0.05)


def test_memory_usage_of_a_function_a_process_and_a_program() -> None:
    runs = []

    def work(size: int, *, scale: int = 1) -> int:
        runs.append(size)
        block = bytearray(size * scale)
        time.sleep(0.3)
        return len(block)

    before = memory_usage()
    assert len(before) == 1
    assert before[0] == pytest.approx(resident_bytes(os.getpid()) / MIB, rel=0.02)
    values, returned = memory_usage((work, (50_000_000,), {"scale": 2}), interval=0.05, retval=True)
    assert returned == 100_000_000
    assert len(values) >= 5
    assert len(runs) == 1  # it is not repeated to get more readings
    assert max(values) - before[0] == pytest.approx(100_000_000 / MIB, rel=0.05)
    peak = memory_usage((work, (50_000_000,)), max_usage=True)
    assert isinstance(peak, float) and peak - before[0] > 40
    pairs = memory_usage((work, (1,)), timestamps=True)
    assert all(abs(when - time.time()) < 5 for _, when in pairs)
    out = io.StringIO()
    assert memory_usage((work, (1,)), stream=out) is None
    assert re.fullmatch(r"(MEM [\d.]+ [\d.]+\n)+", out.getvalue())
    child = subprocess.Popen(
        [sys.executable, "-c", "b = bytearray(60_000_000); import time; time.sleep(0.6)"]
    )
    assert max(memory_usage(child, interval=0.05)) > 55
    assert child.wait() == 0
    assert len(memory_usage(-1, interval=0.01, timeout=0.05)) == 5
    with pytest.raises(ZeroDivisionError):
        memory_usage(lambda: 1 / 0)


def test_memory_usage_sees_what_falls_between_two_readings() -> None:
    def spike() -> None:
        time.sleep(0.05)
        block = bytearray(80_000_000)
        time.sleep(0.1)
        del block
        time.sleep(0.4)

    before = memory_usage()[0]
    assert max(memory_usage(spike, interval=0.5)) - before > 70


def test_children_are_added_and_the_sampler_is_not_one() -> None:
    source = "b = bytearray(70_000_000); import time; time.sleep(0.5)"

    def parent() -> None:
        subprocess.run([sys.executable, "-c", source], check=True)

    alone = memory_usage(parent, interval=0.05, max_usage=True)
    together = memory_usage(parent, interval=0.05, max_usage=True, include_children=True)
    assert 65 < together - alone < 95  # the sampler itself takes some 10 MiB: it is not in it


def test_a_log_file_passes_lines_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        profile(build, stream=LogFile("memory", reportIncrementFlag=True))()  # type: ignore[arg-type]
    messages = [record.getMessage() for record in caplog.records if record.name == "memory"]
    assert any("a = [1] * 1_000_000" in message for message in messages)
    assert not any("return a" in message for message in messages)


def test_timestamps_of_functions_and_blocks() -> None:
    stamper = TimeStamper()

    @stamper
    def work() -> int:
        with stamper.timestamp("inside"):
            return 7

    assert work() == 7
    out = io.StringIO()
    stamper.show_results(out)
    names = [line.split()[1] for line in out.getvalue().splitlines()]
    assert names == ["inside", f"{__name__}.work"]


def test_a_script_is_run_with_profile_as_a_builtin(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys
            @profile
            def work():
                block = bytearray(int(sys.argv[1]))
                return len(block)
            work(); work()
            print(__name__)
            """
        )
    )
    command = [sys.executable, "-m", "heapwise.compat.memory_profiler", str(script), "4000000"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert text.startswith("__main__\n")
    found = rows(text)["block = bytearray(int(sys.argv[1]))"]
    assert found[2] == 2 and found[1] == pytest.approx(2 * 4_000_000 / MIB, abs=0.01)
    stopped = subprocess.run(
        [*command[:3], "--pdb-mmem", "1", *command[3:]], input="p 6 * 7\nc\n", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert "42" in stopped.stdout


def test_the_magics(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("IPython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "heapwise.compat.memory_profiler")
    shell.run_cell("import time\ndef work():\n    b = bytearray(90_000_000)\n    time.sleep(0.2)\n")
    result = shell.run_line_magic("memit", "-o -r 2 work()")
    said = capsys.readouterr().out
    assert re.search(r"peak memory: [\d.]+ MiB, increment: [\d.]+ MiB", said)
    assert max(result.mem_usage) - result.baseline > 80
    shell.user_ns["build"] = build
    prof = shell.run_line_magic("mprun", "-r -f build build()")
    assert isinstance(prof, LineProfiler)
    assert "b = [2] * 10_000_000" in capsys.readouterr().out


def test_calls_at_the_same_time_have_tables_of_their_own() -> None:
    tables: dict[int, str] = {}
    meet = threading.Barrier(3)

    def work(number: int) -> None:
        block = bytearray(1 << 20)
        meet.wait()
        assert block

    def call(number: int) -> None:
        out = io.StringIO()
        profile(work, stream=out, precision=3)(number)
        tables[number] = out.getvalue()

    threads = [threading.Thread(target=call, args=(i,)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in tables.values():
        assert {runs for _, _, runs in rows(text).values()} == {1}


def test_tasks_in_turn_have_tables_of_their_own() -> None:
    tables = []

    async def job(size: int) -> None:
        kept = []
        for _ in range(3):
            kept.append(bytearray(size))
            await asyncio.sleep(0)

    async def both() -> None:
        outs = [io.StringIO(), io.StringIO()]
        calls = [
            profile(job, stream=out, precision=3)(size)
            for out, size in zip(outs, (1 << 20, 3 << 20), strict=True)
        ]
        await asyncio.gather(*calls)
        tables.extend(out.getvalue() for out in outs)

    asyncio.run(both())
    for text, mib in zip(tables, (1.0, 3.0), strict=True):
        line = next(v for k, v in rows(text).items() if k.startswith("kept.append"))
        assert line[1:] == (pytest.approx(3 * mib, abs=0.01), 3)


def test_functions_on_one_line_and_recursion_of_decorated_ones() -> None:
    kept: list[bytearray] = []
    one_line = lambda n: kept.append(bytearray(n))  # noqa: E731
    text = table(one_line, 10 << 20, precision=3)
    assert next(iter(rows(text).values()))[1] == pytest.approx(10, abs=0.01)
    out = io.StringIO()

    @profile(stream=out, precision=3)
    def dive(depth: int) -> list[object]:
        part = bytearray(1 << 20)
        return [part, dive(depth - 1)] if depth else [part]

    dive(2)
    assert out.getvalue().count("Filename:") == 3
    parts = [line for line in out.getvalue().splitlines() if "part = bytearray" in line]
    assert all(float(ROW.match(line)[3]) == pytest.approx(1, abs=0.01) for line in parts)  # type: ignore[index]


def test_few_readings() -> None:
    assert len(memory_usage((lambda: 1,), max_iterations=1)) == 1
    assert len(memory_usage((time.sleep, (0.3,)), interval=0.05, max_iterations=2)) == 2
