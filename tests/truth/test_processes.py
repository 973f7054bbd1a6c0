"""Several processes as one recording: what they held together, and when."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.capture import autostart
from heapwise.cli.main import main
from heapwise.errors import UsageError
from heapwise.model import store
from heapwise.model.family import open_family, remove_children
from heapwise.model.recording import Recording
from tests.conftest import Runner

MB = 1_000_000


def lines(path: Path) -> dict[int, dict[str, int]]:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "report", str(path), "--view", "lines", "--json", "--limit", "0"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(done.stdout)["lines"]
    return {row["line"]: row for row in rows if row["file"].endswith("program.py")}


def test_processes_one_after_the_other_do_not_add_up_at_the_peak(run_program: Runner) -> None:
    run = run_program(
        """
        import subprocess, sys
        for _ in range(3):
            subprocess.run([sys.executable, "-c", "kept = bytearray(50_000_000)"], check=True)
        """
    )
    merged = open_family(run.path).merged
    assert 50 * MB < merged.summary.peak_bytes < 65 * MB
    assert merged.summary.total_bytes > 150 * MB
    assert merged.summary.duration_s >= max(m.summary.duration_s for m in merged.members)  # type: ignore[attr-defined]


def test_processes_at_the_same_time_add_up(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        kept = bytearray(20_000_000)
        pids = []
        for _ in range(2):
            pids.append(os.fork())
            if pids[-1] == 0:
                mine = bytearray(30_000_000)
                time.sleep(0.6)
                os._exit(0)
        for pid in pids: os.waitpid(pid, 0)
        """
    )
    merged = open_family(run.path).merged
    assert merged.summary.peak_bytes == pytest.approx(80 * MB, rel=0.02)
    held = lines(run.path)
    assert held[8]["peak_bytes"] == pytest.approx(60 * MB, rel=0.01)
    assert held[3]["peak_bytes"] == pytest.approx(20 * MB, rel=0.01)
    assert "peak heap of 3 processes" in run.stderr
    assert "2 child processes were recorded" in run.stderr


def test_a_process_counts_with_what_it_held_when_all_held_most(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        pid = os.fork()
        if pid == 0:
            early = bytearray(60_000_000); time.sleep(0.3)
            del early
            late = bytearray(30_000_000); time.sleep(0.9)
            os._exit(0)
        time.sleep(0.6)
        kept = bytearray(50_000_000)
        time.sleep(0.2)
        del kept
        os.waitpid(pid, 0)
        """
    )
    assert open_family(run.path).merged.summary.peak_bytes == pytest.approx(80 * MB, rel=0.02)
    held = lines(run.path)
    assert held[7]["peak_bytes"] == pytest.approx(30 * MB, rel=0.01)
    assert held[10]["peak_bytes"] == pytest.approx(50 * MB, rel=0.01)
    assert held[5]["peak_bytes"] == 0
    assert held[5]["total_bytes"] == pytest.approx(60 * MB, rel=0.01)


def test_a_child_that_becomes_a_foreign_program_leaves_no_file(run_program: Runner) -> None:
    run = run_program(
        """
        import os
        for _ in range(3):
            pid = os.fork()
            if pid == 0: os.execv("/bin/true", ["true"])
            os.waitpid(pid, 0)
        """
    )
    assert run.code == 0
    assert store.children_of(run.path) == []


def test_one_process_of_a_run(run_program: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    run = run_program(
        """
        import os
        kept = bytearray(20_000_000)
        if os.fork() == 0:
            mine = bytearray(5_000_000)
            os._exit(0)
        os.wait()
        """
    )
    family = open_family(run.path)
    (child,) = family.children
    assert family.process("main") is family.main
    assert family.process(str(child.meta["pid"])) is child
    with pytest.raises(UsageError):
        family.process("1")
    assert main(["report", str(run.path), "--process", "nobody"]) == 2
    assert "no process nobody" in capsys.readouterr().err


def test_a_process_of_another_run_is_not_of_the_family(run_program: Runner, tmp_path: Path) -> None:
    run = run_program("import os\nif os.fork() == 0: os._exit(0)\nos.wait()\n")
    (child,) = store.children_of(run.path)
    kept = tmp_path / "stale"
    shutil.copy(child, kept)
    again = run_program("print(1)\n")
    shutil.copy(kept, again.path.with_name("out.999999.hw"))
    assert open_family(again.path).children == []


def test_processes_beyond_the_limit_are_counted_and_told(
    run_program: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_program("print(1)\n")
    for number in range(autostart.MOST_CHILD_FILES):
        run.path.with_name(f"out.{900_000 + number}.hw").touch()
    assert autostart.child_path(str(run.path)) == ""
    assert autostart.child_path(str(run.path)) == ""
    assert store.unrecorded_count(run.path) == 2
    assert main(["report", str(run.path), "--view", "verdict"]) == 0
    said = capsys.readouterr().out
    assert "2 child processes were not recorded" in said
    assert "509 more child processes could not be read" in said
    remove_children(run.path)
    assert store.unrecorded_count(run.path) == 0


def test_another_run_beside_is_not_taken_for_a_child(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "heapwise", "run", "-q", "-o"]
    subprocess.run([*command, "a.2.hw", "-c", "x = 1"], cwd=tmp_path, check=True)
    subprocess.run([*command, "a.hw", "-c", "x = 1"], cwd=tmp_path, check=True)
    subprocess.run([*command, "a.hw", "-c", "x = 1"], cwd=tmp_path, check=True)
    assert (tmp_path / "a.2.hw").exists()
    assert open_family(tmp_path / "a.hw").children == []


def test_a_child_that_held_much_before_it_became_another_program_is_there(
    run_program: Runner,
) -> None:
    run = run_program(
        """
        import os
        pid = os.fork()
        if pid == 0:
            mine = bytearray(30_000_000)
            os.execv("/bin/true", ["true"])
        os.waitpid(pid, 0)
        """
    )
    (child,) = open_family(run.path).children
    assert child.summary.peak_bytes > 30 * MB


def test_processes_that_never_overlap_are_not_added_up(run_program: Runner) -> None:
    run = run_program(
        """
        import os, time
        ended, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.read(ended, 1)
            mine = bytearray(40_000_000); time.sleep(0.02); del mine
            time.sleep(1.5)
            os._exit(0)
        kept = bytearray(41_000_000); time.sleep(0.02); del kept
        time.sleep(0.05)
        os.write(tell, b".")
        os.waitpid(pid, 0)
        """
    )
    merged = open_family(run.path).merged
    assert merged.summary.peak_bytes < 45 * MB


def test_a_terminated_worker_does_not_make_the_run_incomplete(run_program: Runner) -> None:
    run = run_program(
        """
        import multiprocessing as mp
        def work(n): return len(bytes(n))
        if __name__ == "__main__":
            with mp.get_context("fork").Pool(2) as pool:
                pool.map(work, [1000] * 4)
        """
    )
    assert open_family(run.path).merged.summary.complete
    assert "The program did not end by itself" not in run.stderr


C_FORK = """
    import ctypes, os, sys, time
    libc = ctypes.PyDLL(None)  # the interpreter's lock is kept: the child goes on in Python
    pid = libc.fork()
    if pid == 0:
        mine = bytearray(40_000_000)
        {then}
    os.waitpid(pid, 0)
"""


@pytest.mark.parametrize(
    ("then", "complete"),
    [
        ("os._exit(0)", True),
        ("libc._exit(0)", True),
        ("sys.exit(0)", True),
        ("time.sleep(0.3); more = [bytes(50) for i in range(1000)]; time.sleep(1.5); os.kill(os.getpid(), 9)", False),
    ],
)  # fmt: skip
def test_a_child_that_only_c_knows_of_writes_a_file_of_its_own(
    run_program: Runner, then: str, complete: bool
) -> None:
    run = run_program(C_FORK.format(then=then))
    assert run.code == 0, run.stderr
    [path] = store.children_of(run.path)
    child = Recording.open(path)
    assert int(path.name.split(".")[-2]) == child.meta["pid"]
    assert child.meta["role"] == "child"
    assert child.meta["parent_pid"] == run.recording.meta["pid"]
    assert child.meta["started_at"] > run.recording.meta["started_at"]
    assert child.summary.complete is complete
    assert 40 * MB <= child.summary.peak_bytes < 41 * MB
    assert 40 * MB <= lines(path)[6]["peak_bytes"] < 40.1 * MB


def test_a_child_that_only_c_knows_of_and_that_does_nothing_leaves_no_file(
    run_program: Runner,
) -> None:
    run = run_program(C_FORK.replace("40_000_000", "40").format(then="libc._exit(0)"))
    assert run.code == 0, run.stderr
    assert store.children_of(run.path) == []
    run = run_program(C_FORK.format(then="os._exit(0)"), options=["--no-children"])
    assert run.code == 0, run.stderr
    assert store.children_of(run.path) == []
