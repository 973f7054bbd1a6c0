"""A wheel builds, installs into a fresh environment, and records there."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent


def test_a_wheel_records_in_a_fresh_environment(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    # In the folder where the core was built for these tests: it is compiled once.
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
               "--wheel-dir", str(wheels), str(HOUSE)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = wheels.glob("heapwise-*.whl")
    fresh = tmp_path / "fresh"
    venv.create(fresh)
    pip = [sys.executable, "-m", "pip", "--python", str(fresh / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", str(wheel)], check=True)
    code = "def hog(): return bytearray(9_000_000)\nx = hog()"
    run = subprocess.run(
        [str(fresh / "bin" / "heapwise"), "run", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "hog" in run.stderr
    page = subprocess.run(
        [str(fresh / "bin" / "heapwise"), "report", "-o", "r.html"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert page.returncode == 0, page.stderr
    assert (tmp_path / "r.html").stat().st_size > 20_000


def test_an_unknown_interpreter_is_refused_before_the_program_runs(tmp_path: Path) -> None:
    source = (
        "import sys; sys.modules['heapwise._native'] = None; from heapwise.cli.main import main;"
        "sys.exit(main(['run', '-c', 'print(1)']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 125
    assert run.stdout == ""
    assert "cannot-record" in run.stderr
    assert "Traceback" not in run.stderr
