"""mprof's verbs: the files, the answers, the picture."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

SCRIPT = """
import time
try:
    profile
except NameError:
    profile = lambda f: f
@profile
def work():
    block = bytearray(80_000_000)
    time.sleep(0.4)
    return len(block)
@profile
def rest():
    time.sleep(0.2)
work(); rest()
raise SystemExit(7)
"""


def mprof(directory: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "mprof", *arguments], cwd=directory, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    (tmp_path / "script.py").write_text(SCRIPT)
    mprof(tmp_path, "run", "-T", "0.05", "script.py")
    return tmp_path


def profiles(directory: Path) -> list[Path]:
    return sorted(directory.glob("mprofile_*.dat"))


def test_run_writes_what_mprof_writes(recorded: Path) -> None:
    (path,) = profiles(recorded)
    assert re.fullmatch(r"mprofile_\d{14}\.dat", path.name)
    lines = path.read_text().splitlines()
    assert lines[0] == "CMDLINE script.py"
    usage = [float(line.split()[1]) for line in lines if line.startswith("MEM ")]
    assert max(usage) > 80 and len(usage) >= 8
    functions = [line.split() for line in lines if line.startswith("FUNC ")]
    assert [words[1] for words in functions] == ["__main__.work", "__main__.rest"]
    assert all(float(words[5]) > float(words[3]) for words in functions)


def test_peak_list_rm_and_clean(recorded: Path) -> None:
    (path,) = profiles(recorded)
    assert re.fullmatch(rf"{path.name}\t\d+\.\d+ MiB\n", mprof(recorded, "peak").stdout)
    of_work, of_rest = (
        float(mprof(recorded, "peak", "--func", name).stdout.split()[1])
        for name in ("work", "rest")
    )
    assert of_work > of_rest + 40
    assert mprof(recorded, "peak", "--func", "nobody", check=False).returncode == 2
    assert re.fullmatch(
        rf"0 {path.name} \d\d:\d\d:\d\d \d\d/\d\d/\d{{4}}\n", mprof(recorded, "list").stdout
    )
    (recorded / "mprofile_notes.dat").write_text("mine")
    assert "would remove" in mprof(recorded, "rm", "--dry-run", "0").stdout
    assert path.exists()
    assert "removed" in mprof(recorded, "clean").stdout
    assert not path.exists() and (recorded / "mprofile_notes.dat").exists()
    assert mprof(recorded, "peak", check=False).returncode == 2
    assert mprof(recorded, "list").stdout == ""


def test_plot_draws_curve_brackets_and_peak(recorded: Path) -> None:
    (path,) = profiles(recorded)
    mprof(recorded, "plot", "-t", "a <title>", "-s", "-o", "plot.svg", path.name)
    text = (recorded / "plot.svg").read_text()
    ET.fromstring(text)
    assert "a &lt;title&gt;" in text and "__main__.work" in text and "MiB/s" in text
    assert text.count('stroke-width="2"') == 4  # two functions, entered and left
    mprof(recorded, "plot", "-n", "-w", "0,0.3")
    assert "__main__.work" not in path.with_suffix(".svg").read_text()
    assert mprof(recorded, "plot", "-o", "x.png", check=False).returncode == 2
    assert mprof(recorded, "plot", "-w", "soon", check=False).returncode == 2


def test_exit_codes_programs_and_time_outs(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    assert mprof(tmp_path, "run", "-o", "a.dat", "script.py").returncode == 0
    assert mprof(tmp_path, "run", "-E", "-o", "b.dat", "script.py", check=False).returncode == 7
    begun = time.monotonic()
    mprof(
        tmp_path, "run", "--timeout", "0.3", "-T", "0.05", "-o", "c.dat", "sleep", "30", check=False
    )
    assert time.monotonic() - begun < 10
    assert (tmp_path / "c.dat").read_text().count("MEM ") >= 4
    assert mprof(tmp_path, "run", "no-such-program", check=False).returncode == 2
    assert mprof(tmp_path, "run", check=False).returncode == 2
    (tmp_path / "bad.dat").write_text("MEM one two\n")
    bad = mprof(tmp_path, "peak", "bad.dat", check=False)
    assert bad.returncode == 2 and "bad.dat:1" in bad.stderr


def test_children_are_added_or_drawn_apart(tmp_path: Path) -> None:
    child = "import time; b = bytearray(60_000_000); time.sleep(0.8)"
    (tmp_path / "parent.py").write_text(
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])\n"
    )
    mprof(tmp_path, "run", "-C", "-T", "0.05", "-o", "added.dat", "parent.py")
    mprof(tmp_path, "run", "-M", "-T", "0.05", "-o", "apart.dat", "parent.py")
    assert float(mprof(tmp_path, "peak", "added.dat").stdout.split()[1]) > 65
    text = (tmp_path / "apart.dat").read_text()
    assert max(float(w.split()[2]) for w in text.splitlines() if w.startswith("CHLD 0")) > 60
    mprof(tmp_path, "plot", "-o", "apart.svg", "apart.dat")
    assert "child 0" in (tmp_path / "apart.svg").read_text()


def test_a_running_process_is_watched(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; b = bytearray(50_000_000); time.sleep(20)"]
    )
    try:
        time.sleep(0.3)
        mprof(tmp_path, "attach", "--timeout", "0.3", "-T", "0.05", "-o", "a.dat", str(child.pid))
        assert os.kill(child.pid, 0) is None
    finally:
        child.kill()
        child.wait()
    assert float(mprof(tmp_path, "peak", "a.dat").stdout.split()[1]) > 50
    assert mprof(tmp_path, "attach", str(child.pid), check=False).returncode == 2
