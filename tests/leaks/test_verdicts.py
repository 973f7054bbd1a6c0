"""Verdicts on whole runs and functions: what is easily taken for a leak, and leaks that are easily missed."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import heapwise
from heapwise.render import leaks as render
from tests.conftest import Runner

NUMBERS = itertools.count()
KEPT: list[object] = []


@lru_cache(maxsize=400)
def bounded(n: int) -> list[int]:
    return [n] * 20


def command(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "heapwise", *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=cwd,
    )  # fmt: skip


def judged(*arguments: object) -> dict[str, Any]:
    done = command("leaks", "--json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (found["verdict"] == "leak")
    return found


def test_a_bounded_cache_that_fills_is_a_warm_up() -> None:
    found = heapwise.leaks(lambda: [bounded(next(NUMBERS)) for _ in range(5)])
    assert found.verdict != "leak", str(found)
    assert "HW110" in {each.finding.code for each in found.suspects}
    found.check()


RING: list[object] = [None] * 64
TABLE: dict[int, object] = {}


def fills_a_ring() -> None:
    for _ in range(7):
        n = next(NUMBERS)
        RING[n % 64] = {"n": n, "data": bytes(1500)}


def fills_a_table() -> None:
    TABLE.setdefault(next(NUMBERS) % 9, bytearray(3000))


def test_an_example_is_told_by_names_and_sizes_without_values() -> None:
    def leak() -> None:
        KEPT.append(
            {"user": next(NUMBERS), "body": [bytes(3000)], "secret": str(next(NUMBERS)) * 50}
        )

    found = heapwise.leaks(leak)
    shown = found.suspects[0].suspect.sample
    assert shown is not None
    assert shown.type == "dict"
    assert 3000 < shown.retained_bytes < 5000
    assert [part.name for part in shown.parts] == ["body", "secret", "user"]
    text = str(found)
    assert "for example dict, 3." in text
    assert "body list 3." in text
    document = json.loads(render.document(found.report))
    assert document["suspects"][0]["sample"]["parts"][0]["type"] == "list"
    page = render.html(found.report).decode()
    assert "for example dict, 3." in page
    assert "% of the growth" in page


@pytest.mark.parametrize("function", [fills_a_ring, fills_a_table])
def test_what_has_stopped_growing_is_a_warm_up(function: Callable[[], None]) -> None:
    found = heapwise.leaks(function)
    assert found.verdict == "no-leak", str(found)


def test_one_small_object_a_round_is_found() -> None:
    found = heapwise.leaks(lambda: KEPT.append(object()), rounds=12)
    assert found.verdict == "leak"
    assert "KEPT" in found.suspects[0].suspect.holder
    with pytest.raises(AssertionError, match="HW101"):
        found.check()


def test_what_a_function_raises_is_raised_and_async_ones_are_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        heapwise.leaks(lambda: 1 / 0)

    async def wait() -> None:
        return None

    with pytest.raises(TypeError, match=r"asyncio\.run"):
        heapwise.leaks(wait)
    with pytest.raises(ValueError, match="two rounds"):
        heapwise.leaks(int, rounds=1)


SERVICE = """
    import time
    kept, warm = {}, {}
    for i in range(300):
        if LEAKS: kept[i] = {"body": bytes(20_000)}
        if i < 40: warm[i] = bytes(30_000)
        scratch = [bytes(1000) for _ in range(100)]
        time.sleep(0.004)
"""


@pytest.mark.parametrize("leaks", [True, False])
def test_a_service_by_its_snapshots(run_program: Runner, leaks: bool) -> None:
    run = run_program(SERVICE.replace("LEAKS", str(leaks)), options=["--snapshot", "every=100ms"])
    found = judged(run.path)
    assert found["verdict"] == ("leak" if leaks else "no-leak"), found["headline"]
    if leaks:
        [first, *_] = found["suspects"]
        assert first["holder"] == "__main__.kept"
        assert first["code"] == "HW113"
        assert first["growth_low"] < first["growth_bytes_per_round"] < first["growth_high"]
        assert first["growth_bytes_per_round"] > 0


def test_tasks_that_wait_are_not_called_finished(run_program: Runner) -> None:
    run = run_program(
        """
        import asyncio
        tasks = set()
        async def wait(): data = bytes(20_000); await asyncio.Event().wait(); return data
        async def main():
            for i in range(150):
                tasks.add(asyncio.create_task(wait()))
                await asyncio.sleep(0.005)
        # Not run(), which cancels all that wait: a snapshot may come in the midst of that.
        asyncio.new_event_loop().run_until_complete(main())
        """,
        options=["--snapshot", "every=100ms"],
    )
    codes = {row["code"] for row in judged(run.path)["suspects"]}
    assert "HW143" in codes
    assert "HW142" not in codes


def test_snapshots_of_children_are_not_those_of_their_parent(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        child = os.fork()
        time.sleep(0.4)
        if child == 0: raise SystemExit
        os.waitpid(child, 0)
        """,
        options=["--snapshot", "every=100ms,end"],
    )
    assert judged(run.path)["verdict"] in ("no-leak", "undecided")


def test_snapshots_that_could_not_be_taken_are_told(tmp_path: Path) -> None:
    done = command(
        "run", "-q", "--snapshot", "end", "-o", tmp_path / "a.hw", "-c", "import os; os._exit(0)"
    )
    assert "no snapshot of the end" in done.stderr
    done = command(
        "run", "-q", "--snapshot", "every=50ms", "-o", tmp_path / "b.hw", "-c", "sum(range(40_000_000))"
    )  # fmt: skip
    assert "snapshots were taken" in done.stderr
    done = command(
        "run", "-q", "--snapshot", "every=400ms", "-o", tmp_path / "b.hw", "-c", "import time; time.sleep(2)"
    )  # fmt: skip
    assert not done.stderr


def test_a_diff_tells_what_old_objects_have_grown_by(tmp_path: Path) -> None:
    script = tmp_path / "grows.py"
    script.write_text(
        "import heapwise, sys\n"
        "b, l = bytearray(100), [0] * 10\n"
        "heapwise.snapshot(sys.argv[1] + '/1.hw')\n"
        "b.extend(bytes(5_000_000)); l.extend([None] * 500_000)\n"
        "heapwise.snapshot(sys.argv[1] + '/2.hw')\n"
    )
    subprocess.run([sys.executable, script, tmp_path], check=True)
    done = command("diff", tmp_path / "1.hw", tmp_path / "2.hw", "--json")
    found = json.loads(done.stdout)
    assert {row["type"]: row["delta_bytes"] for row in found["types"]}["bytearray"] >= 5_000_000
    holders = {row["holder"]: row["new_bytes"] for row in found["new_holders"]}
    assert holders["__main__.b"] >= 5_000_000
    assert holders["__main__.l"] >= 4_000_000
    assert not any("facts" in holder for holder in holders)


def test_the_launcher_is_followed_and_a_lost_handler_is_told(tmp_path: Path) -> None:
    script = tmp_path / "deaf.py"
    script.write_text(
        "import signal, sys, time\n"
        "if sys.argv[1] == 'deaf': signal.signal(signal.SIGUSR2, signal.SIG_DFL)\n"
        "print('up', flush=True)\ntime.sleep(30)\n"
    )
    for how, code in (("listens", 0), ("deaf", 2)):
        running = subprocess.Popen(
            [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / f"{how}.hw", "--snapshot",
             "signal", script, how],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "up\n"
            time.sleep(0.1)
            done = command("snapshot", running.pid, cwd=tmp_path)
            assert done.returncode == code, done.stderr
            assert running.poll() is None
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)
