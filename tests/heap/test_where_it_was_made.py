"""Findings on what keeps something name the line that made it, too; and what IPython keeps of its cells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.analyze.program_source import program_source
from heapwise.model.snapshot import Snapshot
from tests.heap.test_many_clients import advised

MAILS = """
import re
def mails():
    for n in range(200):
        yield f"From: {n}@example.org\\n" + "text " * 20_000
kept = []
for mail in mails():
    found = re.search(r"From: (\\S+)", mail)
    kept.append(found)
"""
CELLS = """
import contextlib, io, os
os.environ["IPYTHONDIR"] = os.path.dirname(os.path.abspath(__file__))
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
config = Config()
config.HistoryManager.enabled = False
config.InteractiveShell.cache_size = SIZE
shell = InteractiveShell(config=config)
with contextlib.redirect_stdout(io.StringIO()):
    for n in range(1, 61): shell.run_cell(f"memoryview(bytes(500_000 + {n}))", store_history=True)
"""


def test_texts_that_matches_keep_are_named_where_they_were_made(tmp_path: Path) -> None:
    found = advised(tmp_path, MAILS)
    [told] = [each for each in found["findings"] if each["code"] == "HW322"]
    assert told["line"] == 8
    assert ("allocates", 5) in {(each["role"], each["line"]) for each in told["related"]}


@pytest.mark.parametrize("size", [1000, 0])
def test_what_cells_of_ipython_come_to_is_told_as_kept(size: int, tmp_path: Path) -> None:
    pytest.importorskip("IPython")
    found = advised(tmp_path, CELLS.replace("SIZE", str(size)))
    told = [each for each in found["findings"] if each["code"] == "HW337"]
    assert [each["holder"] for each in told] == (["__main__._oh"] if size else [])
    assert all(each["saving_bytes"] == pytest.approx(30_000_000, rel=0.05) for each in told)
    at = (
        CELLS.splitlines().index(next(each for each in CELLS.splitlines() if "run_cell" in each))
        + 1
    )
    assert all(
        ("allocates", at) in {(r["role"], r["line"]) for r in each["related"]} for each in told
    )


def test_a_table_in_a_file_of_its_own_is_not_read_as_code(tmp_path: Path) -> None:
    rows = ",\n".join(f"    ({n}, {n / 7:.3f}, 'zone {n}')" for n in range(5000))
    (tmp_path / "tariff.py").write_text(f"import array\nROWS = [\n{rows}\n]\n")
    (tmp_path / "small.py").write_text("ROWS = [(1, 2.5, 'zone 1')]\n")
    code = "def total(): return sum(row[1] for row in tariff.ROWS + small.ROWS)\n" * 2000
    (tmp_path / "app.py").write_text(f"import small\nimport tariff\n{code}print(total())\n")
    run = [
        sys.executable,
        "-m",
        "heapwise",
        "run",
        "-q",
        "--snapshot",
        "end",
        "-o",
        "run.hw",
        "app.py",
    ]
    subprocess.run(run, cwd=tmp_path, check=True)
    source = program_source(Snapshot.open(tmp_path / "run.snapshot.hw"))
    assert {Path(source.file_of(tree)).name for tree in source.trees} == {"app.py", "small.py"}
