"""Each detector has a program that leaks and its mended twin: told apart, named, and traced to line and holder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heapwise import findings

HERE = Path(__file__).parent
PROGRAMS = sorted(HERE.glob("programs/*.py"))
HEADS = {path.stem: path.read_text().splitlines()[0] for path in PROGRAMS}
LEAKING = [path for path in PROGRAMS if "def leaking" in path.read_text()]
FILLING = [path for path in PROGRAMS if "def filling" in path.read_text()]


def judged(path: Path, which: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, HERE / "harness.py", path.stem, which],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def expected(path: Path) -> tuple[str, str]:
    space: dict[str, str] = {}
    exec(HEADS[path.stem], space)
    return space["CODE"], space["HOLDER"]


@pytest.mark.parametrize("path", LEAKING, ids=lambda path: path.stem)
def test_a_leak_is_found_named_and_traced(path: Path) -> None:
    found = judged(path, "leaking")
    code, holder = expected(path)
    assert found["verdict"] == "leak", found["headline"]
    rows = [*found["suspects"], *found["findings"]]
    named = [row for row in rows if row["code"] == code]
    assert named, [(row["code"], row["holder"]) for row in rows]
    assert holder in named[0]["holder"]
    marked = [
        n for n, text in enumerate(path.read_text().splitlines(), 1) if text.endswith("# here")
    ]
    lines = {row["line"] for row in rows if row["file"] == str(path)}
    assert set(marked) <= lines
    assert named[0]["fix"]
    if named[0] in found["suspects"]:
        assert (
            0
            < named[0]["growth_low"]
            <= named[0]["growth_bytes_per_round"]
            <= named[0]["growth_high"]
        )


@pytest.mark.parametrize("path", FILLING, ids=lambda path: path.stem)
def test_what_fills_to_a_bound_is_named_and_no_leak(path: Path) -> None:
    found = judged(path, "filling")
    code, holder = expected(path)
    assert found["verdict"] != "leak", found["headline"]
    assert [row["state"] for row in found["suspects"] if row["code"] == code] == ["warm-up"]
    assert holder in found["suspects"][0]["holder"]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_the_mended_twin_is_clean(path: Path) -> None:
    found = judged(path, "clean")
    assert found["verdict"] == "no-leak", (found["headline"], [
        (row["code"], row["holder"], row["types"]) for row in found["suspects"]
    ])  # fmt: skip
    assert found["growth_high"] < 1024


def test_every_detector_has_a_page() -> None:
    pages = findings.pages()
    modules = {  # one may look at the peak and at the end
        *findings.LEAKS, *findings.RESOURCES, *findings.WASTE, *findings.LINES, *findings.RUNS,
        *findings.RESIDENT, *findings.AT_PEAK, *findings.WITH_SOURCE, *findings.AT_END,
    }  # fmt: skip
    assert len(pages) == len(modules)
    for code, page in pages.items():
        assert page.startswith(f"{code}: ")
        assert "What to do:" in page
        assert "Clean:" in page or code == "HW100"
