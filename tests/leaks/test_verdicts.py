"""Verdicts on whole runs and functions: what is easily taken for a leak, and leaks that are easily missed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import heapwise
from tests.conftest import Runner, python


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


FUNCTIONS = """
import itertools, json
from functools import lru_cache
import heapwise
NUMBERS, KEPT, RING, TABLE = itertools.count(), [], [None] * 64, {}
@lru_cache(maxsize=400)
def bounded(n): return [n] * 20
def fills_a_cache(): return [bounded(next(NUMBERS)) for _ in range(5)]
def fills_a_ring():
    for _ in range(7):
        n = next(NUMBERS)
        RING[n % 64] = {"n": n, "data": bytes(1500)}
def fills_a_table(): TABLE.setdefault(next(NUMBERS) % 9, bytearray(3000))
def keeps_an_object(): KEPT.append(object())
def keeps_records():
    KEPT.append({"user": next(NUMBERS), "body": [bytes(3000)], "secret": str(next(NUMBERS)) * 50})
"""


def looked_at(function: str, then: str, **options: int) -> Any:
    """What a fresh interpreter, where few objects are, says of `found`, which is what heapwise.leaks says of a
    function."""
    more = "".join(f", {name}={value}" for name, value in options.items())
    return json.loads(python(f"{FUNCTIONS}found = heapwise.leaks({function}{more})\n{then}"))


def test_a_bounded_cache_that_fills_is_a_warm_up() -> None:
    verdict, codes = looked_at(
        "fills_a_cache",
        "found.check()\nprint(json.dumps([found.verdict, [each.finding.code for each in found.suspects]]))",
    )
    assert verdict != "leak"
    assert "HW110" in codes


def test_an_example_is_told_by_names_and_sizes_without_values() -> None:
    then = "from heapwise.render import leaks as render\nreport = found.report\nprint(json.dumps([str(found), render.document(report), render.html(report).decode()]))"
    text, document, page = looked_at("keeps_records", then)
    shown = json.loads(document)["suspects"][0]["sample"]
    assert shown["type"] == "dict"
    assert 3000 < shown["retained_bytes"] < 5000
    assert [part["name"] for part in shown["parts"]] == ["body", "secret", "user"]
    assert shown["parts"][0]["type"] == "list"
    assert "for example dict, 3." in text
    assert "body list 3." in text
    assert "for example dict, 3." in page
    assert "% of the growth" in page


@pytest.mark.parametrize("function", ["fills_a_ring", "fills_a_table"])
def test_what_has_stopped_growing_is_a_warm_up(function: str) -> None:
    verdict, text = looked_at(function, "print(json.dumps([found.verdict, str(found)]))")
    assert verdict == "no-leak", text


def test_one_small_object_a_round_is_found() -> None:
    then = """
try: found.check()
except AssertionError as error: print(json.dumps([found.verdict, found.suspects[0].suspect.holder, str(error)]))
"""
    verdict, holder, error = looked_at("keeps_an_object", then, rounds=12)
    assert verdict == "leak"
    assert "KEPT" in holder
    assert "HW101" in error


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


ENDING = """
import _thread, time
import heapwise
rounds = []
def work():
    held = bytearray(1_000_000)
    time.sleep(0.03)
def step():
    rounds.append(None)
    if len(rounds) % 2: _thread.start_new_thread(work, ())
print(heapwise.leaks(step, rounds=8).growth_high)
"""


def test_rounds_wait_for_threads_that_are_ending() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 4096
