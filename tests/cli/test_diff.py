"""`heapwise diff`: lines found again after they moved, noise told from change, gates."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.analyze.compare import changed, interval
from heapwise.cli.main import main
from heapwise.model.append import append_json
from heapwise.model.recording import Recording

BEFORE = """\
def load():
    return [bytes(1000) for _ in range(20_000)]

rows = load()
same = bytearray(500_000)
"""
AFTER = '''\
"""Everything below has moved."""

import sys


def load():
    return [bytes(1000) for _ in range(20_000)]

def more():
    return bytearray(3_000_000)

rows = load()
same = bytearray(500_000)
added = more()
'''


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Three runs of each of two versions of one program."""
    place = tmp_path_factory.mktemp("diff")
    found: dict[str, list[Path]] = {}
    for name, source in (("before", BEFORE), ("after", AFTER)):
        (place / name).mkdir()
        (place / name / "app.py").write_text(source)
        for number in range(3):
            path = place / f"{name}{number}.hw"
            subprocess.run(
                [sys.executable, "-m", "heapwise", "run", "-o", str(path), "app.py"],
                cwd=place / name, check=True, capture_output=True,
            )  # fmt: skip
            found.setdefault(name, []).append(path)
    return found


def diff(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["diff", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_moved_lines_are_the_same_lines(runs, capsys) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = diff(capsys, runs["before"][0], runs["after"][0], "--json", "--limit", "0")
    assert code == 0
    document = json.loads(out)
    lines = {row["source"]: row for row in document["lines"] if row["file"].endswith("app.py")}
    new = lines["return bytearray(3_000_000)"]
    assert new["status"] == "new"
    assert new["values"] == [0, pytest.approx(3_000_000, rel=1e-4)]
    assert new["line"] == 10
    for text in ("return [bytes(1000) for _ in range(20_000)]", "same = bytearray(500_000)"):
        assert lines.get(text, {"status": "same"})["status"] == "same"
    assert document["summary"]["peak_bytes"]["delta"] == pytest.approx(3_000_000, rel=0.01)
    assert document["summary"]["peak_bytes"]["significant"] is True
    functions = {row["function"]: row for row in document["functions"]}
    assert functions["more"]["status"] == "new"


def test_repeated_runs_give_intervals(runs, capsys) -> None:  # type: ignore[no-untyped-def]
    groups = [",".join(map(str, runs[name])) for name in ("before", "after")]
    document = json.loads(diff(capsys, *groups, "--json")[1])
    assert document["repeated"] is True
    peak = document["summary"]["peak_bytes"]
    assert peak["low"] <= peak["delta"] <= peak["high"]
    assert peak["significant"] is True
    text = diff(capsys, *groups)[1]
    assert "peak heap" in text
    assert "One run of each" not in text


def test_equal_runs_do_not_differ(runs, capsys) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = diff(capsys, *runs["before"][:2], "--fail-over", "1%", "--json")
    assert code == 0
    document = json.loads(out)
    assert document["summary"]["peak_bytes"]["significant"] is False
    assert all(row["status"] == "same" for row in document["lines"])


@pytest.mark.parametrize(("limit", "code"), [("1MiB", 1), ("4MiB", 0), ("5%", 1), ("50%", 0)])
def test_gates(runs, capsys, limit: str, code: int) -> None:  # type: ignore[no-untyped-def]
    assert diff(capsys, runs["before"][0], runs["after"][0], "--fail-over", limit)[0] == code


def test_three_runs_show_three_values(runs, capsys) -> None:  # type: ignore[no-untyped-def]
    words = [runs["before"][0], runs["before"][1], runs["after"][0], "--json"]
    document = json.loads(diff(capsys, *words)[1])
    assert len(document["summary"]["peak_bytes"]["values"]) == 3


def test_what_cannot_be_compared_is_said(runs, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert diff(capsys, runs["before"][0])[0] == 2
    assert diff(capsys, runs["before"][0], tmp_path / "none.hw")[0] == 2
    code, _, err = diff(capsys, runs["before"][0], runs["after"][0], "--fail-over", "much")
    assert code == 2
    assert "neither a size nor a share" in err


def test_reports_show_the_source_that_ran(runs, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    script = tmp_path / "app.py"
    script.write_text(BEFORE)
    path = tmp_path / "a.hw"
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-o", str(path), str(script)],
        check=True,
        capture_output=True,
    )
    script.write_text("# all gone\n")
    recording = Recording.open(path)
    assert recording.source_line(str(script), 2) == "return [bytes(1000) for _ in range(20_000)]"
    assert not recording.cut


def test_an_added_column_leaves_the_others_as_they_were(runs, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = runs["before"][0].read_bytes()
    path = tmp_path / "a.hw"
    path.write_bytes(data)
    before = Recording.open(path)
    append_json(path, "extra", {"ä": [1, 2]})
    after = Recording.open(path)
    assert json.loads(bytes(after._container.column("extra", "json"))) == {"ä": [1, 2]}
    assert set(after._container.columns) == set(before._container.columns) | {("extra", "json")}
    assert after.summary == before.summary
    grown = path.read_bytes()
    for cut in range(len(data), len(grown), 7):  # an appending writer that was interrupted
        path.write_bytes(data + grown[len(data) : cut])
        assert Recording.open(path).summary.peak_bytes == before.summary.peak_bytes


def test_intervals_are_welchs() -> None:
    before = [
        27.5,
        21.0,
        19.0,
        23.6,
        17.0,
        17.9,
        16.9,
        20.1,
        21.9,
        22.6,
        23.1,
        19.6,
        19.0,
        21.7,
        21.4,
    ]
    after = [
        27.1,
        22.0,
        20.8,
        23.4,
        23.4,
        23.5,
        25.8,
        22.0,
        24.8,
        20.2,
        21.9,
        22.1,
        22.9,
        20.5,
        24.4,
    ]
    found = interval(before, after)
    assert found is not None
    # t = 2.4554 at 24.99 degrees of freedom gives p = 0.0214: the interval lies above zero.
    assert 0 < found[0] < found[1]
    middle = (found[0] + found[1]) / 2
    assert middle == pytest.approx(sum(after) / 15 - sum(before) / 15)
    assert interval([1.0], [2.0, 3.0]) is None
    assert interval([5, 5, 5], [5, 5, 5]) == (0, 0)


def test_noise_is_called_noise_at_the_rate_it_should_be() -> None:
    chance = random.Random(3)
    draw = [[chance.gauss(100, 5) for _ in range(5)] for _ in range(4000)]
    called = sum(changed(draw[i], draw[i + 1], 100) for i in range(0, 4000, 2))
    assert 0.02 < called / 2000 < 0.08
