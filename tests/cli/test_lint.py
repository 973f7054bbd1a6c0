"""`heapwise lint` as a user meets it: what it says, in which form, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BAD = """import functools
class Model:
    @functools.cache
    def score(self, x):
        return x * self.k
def copy(a, b):
    with open(a, "rb") as source, open(b, "wb") as target:
        target.write(source.read())
"""


def lint(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "heapwise", "lint", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(BAD)
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "fine.py").write_text("x = 1\n")
    return tmp_path


def test_places_and_the_count(project: Path) -> None:
    found = lint(cwd=project)
    assert found.returncode == 1
    assert "app.py:3:6: HW501 cache on a method" in found.stdout
    assert "app.py:8:9: HW708 [*] a file copied through memory" in found.stdout
    assert (
        "2 found in 2 files; 1 can be changed by --fix, 0 more by --fix --unsafe." in found.stdout
    )
    assert lint("pkg", cwd=project).returncode == 0
    assert lint("--exit-zero", cwd=project).returncode == 0


def test_select_ignore_and_what_is_no_code(project: Path) -> None:
    assert "HW708" not in lint("--select", "HW5", cwd=project).stdout
    assert "HW501" not in lint("--ignore", "HW501,HW6", cwd=project).stdout
    wrong = lint("--select", "HW7055", cwd=project)
    assert (wrong.returncode, "did you mean HW705?" in wrong.stderr) == (2, True)
    assert lint("nowhere", cwd=project).returncode == 2


def test_the_project_says_what_is_looked_at(project: Path) -> None:
    settings = project / "pyproject.toml"
    settings.write_text(
        '[tool.heapwise]\nkeep = 3\n[tool.heapwise.lint]\nignore = ["HW501"]\n'
        'exclude = ["pkg"]\n[tool.heapwise.lint.per-file-ignores]\n"ap*.py" = ["HW7"]\n'
    )
    found = lint(cwd=project)
    assert (found.returncode, found.stdout) == (0, "nothing found in 1 file.\n")
    settings.write_text('[tool.heapwise.lint]\nignores = ["HW501"]\n')
    wrong = lint(cwd=project)
    assert wrong.returncode == 2
    assert "did you mean ignore?" in wrong.stderr
    settings.write_text('[tool.heapwise.lint]\nselect = "HW5"\n')
    assert lint(cwd=project).returncode == 2


@pytest.mark.parametrize("looked_at", ["pkg", "./pkg", ".", "{here}/pkg"])
def test_what_is_left_out_is_named_as_from_here(project: Path, looked_at: str) -> None:
    deep = project / "pkg" / "made" / "deep.py"
    deep.parent.mkdir(exist_ok=True)
    deep.write_text(BAD)
    path = looked_at.format(here=project)
    assert "deep.py" in lint(path, cwd=project).stdout
    for pattern in ("pkg/made", "made", "./pkg/made/"):
        assert "deep.py" not in lint("--exclude", pattern, path, cwd=project).stdout


def test_fix_changes_what_is_safe_and_diff_changes_nothing(project: Path) -> None:
    shown = lint("--diff", cwd=project)
    assert "+        shutil.copyfileobj(source, target)" in shown.stdout
    assert (project / "app.py").read_text() == BAD
    fixed = lint("--fix", cwd=project)
    assert "1 change made" in fixed.stderr
    assert "shutil.copyfileobj(source, target)" in (project / "app.py").read_text()
    assert "HW708" not in fixed.stdout


def test_unsafe_changes_are_asked_for(project: Path) -> None:
    text = "import functools\n@functools.cache\ndef f(text): return text\n"
    (project / "app.py").write_text(text)
    assert "HW502 [~]" in lint("--fix", cwd=project).stdout
    assert (project / "app.py").read_text() == text
    assert lint("--fix", "--unsafe", cwd=project).returncode == 0
    assert "maxsize=1024" in (project / "app.py").read_text()


def test_json_as_the_contract_says(project: Path) -> None:
    found = json.loads(lint("--json", cwd=project).stdout)
    assert set(found["meta"]) >= {
        "format",
        "kind",
        "tool",
        "version",
        "python",
        "command",
        "mode",
        "started_at",
    }
    keys = {"code", "title", "file", "line", "holder", "evidence", "saving_bytes", "method", "confidence",
            "fix", "fixable"}  # fmt: skip
    first, second = found["findings"]
    assert set(first) >= keys
    assert (first["code"], first["fixable"], second["fixable"]) == ("HW501", False, True)


def test_sarif_and_github(project: Path) -> None:
    log = json.loads(lint("--output-format", "sarif", cwd=project).stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "app.py"
        assert place["region"]["startLine"] in (3, 8)
    notes = lint("--output-format", "github", cwd=project).stdout.splitlines()
    assert notes[0].startswith(
        "::warning file=app.py,line=3,endLine=3,col=6,title=HW501::cache on a method"
    )


def test_a_recording_ranks_lines_and_tells_those_that_need_sizes(project: Path) -> None:
    (project / "app.py").write_text(
        "def load(n):\n"
        "    return [bytes(100_000) for _ in range(n)]\n"
        "def small():\n"
        "    return [bytes(10) for _ in range(3)]\n"
        'if __name__ == "__main__":\n'
        "    print(sum(len(each) for each in load(100)))\n"
        "    print(sum(len(each) for each in small()))\n"
    )
    assert lint(cwd=project).returncode == 0
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "run.hw", "app.py"]
    subprocess.run(run, cwd=project, check=True, capture_output=True)
    found = json.loads(lint("--recording", "run.hw", "--json", cwd=project).stdout)["findings"]
    assert [(each["code"], each["line"]) for each in found] == [("HW702", 2)]
    assert found[0]["peak_bytes"] == pytest.approx(10_000_000, rel=0.02)
    assert found[0]["fixable"]


def test_pages_can_be_read(project: Path) -> None:
    page = subprocess.run(
        [sys.executable, "-m", "heapwise", "explain", "HW702"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "What to do:" in page.stdout
