"""What works on this machine, and what mends the rest. The list can be pasted into a bug report."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys

from heapwise import units
from heapwise.capture.core import native
from heapwise.capture.metadata import control_group
from heapwise.errors import HeapwiseError
from heapwise.version import __version__


def configure(parser: argparse.ArgumentParser) -> None:
    """The verb takes no options."""


def execute(_options: argparse.Namespace) -> int:
    """Prints one line a check; exit code 1 when recording cannot work."""
    good = True
    print(f"heapwise {__version__}, Python {platform.python_version()}, {platform.platform()}")
    for name, fine, text, mend in _checks():
        good = good and fine
        print(
            f"{'ok ' if fine else 'NO '} {name}: {text}"
            + (f"; {mend}" if mend and not fine else "")
        )
    return 0 if good else 1


def _checks() -> list[tuple[str, bool, str, str]]:
    found = []
    try:
        core = native()
        fault = core.self_test()
        found.append(("native core", True, "loads", ""))
        text = (
            "read from the interpreter's structures"
            if not fault
            else f"read by the frame API ({fault})"
        )
        found.append(("stacks", True, text, ""))
    except HeapwiseError as error:
        found.append(("native core", False, error.cause, "install Heapwise for this interpreter"))
    found.append(_start_up_file())
    _, limit = control_group()
    found.append(("memory limit", True, units.size(limit) if limit else "none (control group)", ""))
    preload = os.environ.get("LD_PRELOAD", "")
    found.append(("allocator", True, f"preloaded: {preload}" if preload else "the C library's", ""))
    malloc = os.environ.get("PYTHONMALLOC", "")
    found.append(("Python's allocator", True, malloc or "pymalloc", ""))
    return found


def _start_up_file() -> tuple[str, bool, str, str]:
    """Whether an interpreter that is started with the variable set loads our start-up module."""
    probe = "import sys; print('heapwise.capture.autostart' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False,
        env=os.environ | {"HEAPWISE_CAPTURE": "off"},
    )  # fmt: skip
    fine = done.stdout.strip() == "True"
    text = "heapwise.pth is read at start-up" if fine else "heapwise.pth is not read at start-up"
    return ("start-up file", fine, text, "install Heapwise into this environment's site-packages")
