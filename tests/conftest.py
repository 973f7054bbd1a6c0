"""Shared by all tests: run programs under Heapwise in fresh processes, and read what they left."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from heapwise.cli.main import main as heapwise_main
from heapwise.model.recording import Recording

# A shell has what runs in its background ignore it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ["PYTHONWARNINGS"] = (
    "error:HW"  # a rule that fails fails its test, in processes of their own as well
)


@dataclass
class Run:
    """A program's run under `heapwise run`."""

    code: int
    stdout: str
    stderr: str
    path: Path

    @property
    def recording(self) -> Recording:
        return Recording.open(self.path)

    def line(self, number: int, at: str = "peak") -> float:
        """Bytes charged to a line of the program (allocating or, in libraries, calling)."""
        from heapwise.analyze.by_place import by_line
        from heapwise.analyze.selection import Selection

        table = by_line(self.recording, Selection(at=at, limit=0))
        return sum(
            row[f"{at}_bytes"]
            for row in table.rows()
            if row["line"] == number and row["file"].endswith("program.py")
        )


Runner = Callable[..., Run]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that take snapshots of this very process come first: later it is large, and they are slow."""
    items.sort(key=lambda item: item.path.name != "test_verdicts.py")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tells what the tests took of the processor, with the programs that they ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    terminalreporter.write_line(f"processor: {seconds:.0f} s")


@pytest.fixture
def run_program(tmp_path: Path) -> Runner:
    """run_program(source, *arguments, options=(...), env={...}) -> Run."""

    def run(
        source: str,
        *arguments: str,
        options: Sequence[str] = (),
        env: dict[str, str] | None = None,
        timeout: float = 120,
    ) -> Run:
        script = tmp_path / "program.py"
        script.write_text(textwrap.dedent(source))
        path = tmp_path / "out.hw"
        done = subprocess.run(
            [sys.executable, "-m", "heapwise", "run", "-o", str(path), *options, str(script), *arguments],
            capture_output=True, text=True, timeout=timeout, cwd=tmp_path,
            env=os.environ | (env or {}), check=False,
        )  # fmt: skip
        return Run(done.returncode, done.stdout, done.stderr, path)

    return run


def advice(path: Path, *options: str) -> dict[str, Any]:
    """What `heapwise advise --json` says of a file, in its folder: here, which spares a start for each of many."""
    said = path.with_suffix(".advice.json")
    with contextlib.chdir(path.parent):
        code = heapwise_main(
            ["advise", str(path), "--json", "--limit", "0", "-o", str(said), *options]
        )
    found: dict[str, Any] = json.loads(said.read_text())
    assert code == bool(found["findings"])
    return found


def shared_library(path: Path, source: str) -> Path:
    """Compiles C++ source into a shared library; returns path."""
    subprocess.run(
        ["c++", "-x", "c++", "-O0", "-shared", "-fPIC", "-o", path, "-", "-lpthread"],
        input=source, text=True, check=True,
    )  # fmt: skip
    return path


def python(source: str, *flags: str, timeout: float = 300, **env: str) -> str:
    """Runs source in a fresh interpreter; returns stdout. Fails the test when it fails."""
    done = subprocess.run(
        [sys.executable, *flags, "-c", textwrap.dedent(source)],
        capture_output=True, text=True, timeout=timeout, env=os.environ | env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
