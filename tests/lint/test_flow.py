"""Programs whose peak could be lower: each is found, with a saving that is true, and its mended twin is left alone."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import advice
from tests.lint.flow_cases import CASES, MADE
from tests.lint.flow_copies import COPIES
from tests.lint.flow_streams import STREAMS
from tests.lint.flow_variants import VARIANTS

pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, "-c", MADE, place], check=True, timeout=120)
    return place


def advised(place: Path, text: str, made: Path) -> tuple[dict[str, Any], str]:
    """(what is advised, what the program says)."""
    place.mkdir()
    script = place / "app.py"
    script.write_text(textwrap.dedent(text).strip() + "\n")
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "run.hw", script, made]
    ran = subprocess.run(run, cwd=place, capture_output=True, text=True, check=True)
    return advice(place / "run.hw"), ran.stdout


@pytest.mark.parametrize("case", [*CASES, *VARIANTS, *COPIES, *STREAMS])
def test_the_line_is_found_with_its_true_saving(case: str, tmp_path: Path, made: Path) -> None:
    wasteful, mended = (CASES | VARIANTS | COPIES | STREAMS)[case]
    code = case.partition(":")[0]
    found, said = advised(tmp_path / "wasteful", wasteful, made)
    twin, twin_said = advised(tmp_path / "mended", mended, made)
    assert said == twin_said != ""
    findings = {each["code"]: each for each in found["findings"]}
    assert code in findings
    saved = found["summary"]["whole_bytes"] - twin["summary"]["whole_bytes"]
    assert findings[code]["saving_bytes"] == pytest.approx(saved, rel=0.1)
    left = [each["code"] for each in twin["findings"]]
    assert [each for each in left if not each.startswith("HW4")] == []  # those are of whole runs


def test_locals_of_one_function_are_one_change(tmp_path: Path, made: Path) -> None:
    pytest.importorskip("libcst")
    found, _ = advised(tmp_path / "x", VARIANTS["HW712:stages"][0], made)
    [told] = [each for each in found["findings"] if each["code"] == "HW712"]
    assert told["fixable"]
    assert {"+    del numbers", "+    del halves"} <= set(told["patch"].splitlines())
    assert "del numbers" in told["fix"] and "del halves" in told["fix"]


def test_a_formula_whose_results_are_kept_for_a_while_is_not_told(
    tmp_path: Path, made: Path
) -> None:
    text = """
        import numpy as np
        def worked_out(n):
            x = np.arange(500_000.0) + n
            return np.sqrt(x * x + 1) * 2 - x / 3
        kept = [worked_out(n) for n in range(4)]
        print(kept[0][7] + kept[3][9])
        del kept
        """
    found, said = advised(tmp_path / "x", text, made)
    assert said
    assert "HW770" not in {each["code"] for each in found["findings"]}


def test_a_file_that_has_changed_since_is_not_looked_at(tmp_path: Path, made: Path) -> None:
    import os
    import time

    advised(tmp_path / "x", CASES["HW701"][0], made)
    script = tmp_path / "x" / "app.py"
    os.utime(script, (time.time() + 100, time.time() + 100))
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "advise", "run.hw"], cwd=tmp_path / "x", capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "nothing found" in done.stdout


AGAIN = """
import sys
import pandas as pd
AGAIN
def table(rows): return pd.DataFrame(rows)
def later():
    LATER
def main():
    if len(sys.argv) > 5: print(table([]))
    print("done")
main()
"""


@pytest.mark.parametrize(
    ("again", "later", "is_told"),
    [
        ("pass", "pass", True),
        ("from pandas.api.types import is_list_like; print(is_list_like([]))", "pass", False),
        ("pass", "import pandas.api; return [pandas.api]", True),  # that does not run
    ],
)
def test_an_import_that_another_statement_of_the_file_makes_as_well(
    again: str, later: str, is_told: bool, tmp_path: Path
) -> None:
    text = AGAIN.replace("AGAIN", again).replace("LATER", later)
    (tmp_path / "app.py").write_text(text)
    words = ["run", "-q", "-o", "run.hw", "app.py"]
    subprocess.run([sys.executable, "-m", "heapwise", *words], cwd=tmp_path, check=True)
    found = advice(tmp_path / "run.hw")["findings"]
    assert ("HW711" in {each["code"] for each in found}) is is_told
