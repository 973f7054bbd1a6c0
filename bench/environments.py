"""Environments of their own for what is measured, and this checkout in them as its users have it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def environment(home: Path, packages: Sequence[str]) -> str:
    """The interpreter of an environment with these packages, made when it is not there."""
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


def install_checkout(*pythons: str) -> None:
    """Builds this checkout as a wheel, and installs it for each of some interpreters, anew where it is there."""
    build = ["wheel", "-q", "--no-build-isolation", "--no-deps", "-w"]
    put = ["install", "-q", "--force-reinstall", "--no-deps"]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "pip", *build, scratch, str(CHECKOUT)], check=True)
        (wheel,) = map(str, Path(scratch).glob("*.whl"))
        for python in pythons:
            subprocess.run([python, "-m", "pip", *put, wheel], check=True)
