"""Builds and runs the native tests under the address and undefined-behaviour sanitizers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
GROUPS = [
    "tables",
    "ledger",
    "ranges",
    "lock",
    "peaks",
    "sampling",
    "thinning",
    "timeline",
    "patience",
    "reserves",
]


@pytest.fixture(scope="session")
def program() -> Path:
    """The test program, in a build directory of its own."""
    tools = Path(sys.executable).parent
    build = HOUSE / "build" / f"tests-{sys.version_info[0]}{sys.version_info[1]}"
    for command in (
        [tools / "cmake", "-S", HOUSE, "-B", build, "-G", "Ninja",
         f"-DCMAKE_MAKE_PROGRAM={tools / 'ninja'}", f"-DPython_EXECUTABLE={sys.executable}",
         "-DHEAPWISE_SANITIZE=address,undefined", "-Wno-dev"],
        [tools / "cmake", "--build", build, "--target", "heapwise_tests"],
    ):  # fmt: skip
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return build / "heapwise_tests"


@pytest.mark.parametrize("group", GROUPS)
def test_group(program: Path, group: str) -> None:
    done = subprocess.run(
        [str(program), group], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{group}: passed" in done.stdout
