"""What held most at the peak and no finding speaks of: the line, who keeps it, and where it is put."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from heapwise.analyze.gathered import gathered
from heapwise.cli.inputs import run_of
from heapwise.model.finding import Finding, Freed, Related
from tests.heap.test_whole_programs import advised

_STORE = """
import random


class Store:
    def __init__(self):
        self.pages = {}

    def put(self, key, page):
        self.pages[key] = page

    def get(self, key):
        return self.pages[key]


def drawn(dice, count):
    return dice.randbytes(count)


def main():
    dice, store = random.Random(1), Store()
    for key in range(200):
        store.put(key, drawn(dice, 50_000 + key))
    few = dice.randbytes(500_000)
    print(sum(sum(store.get(key)) for key in range(200)), len(few))
    return store


STORE = main()
"""


def test_the_place_of_what_no_finding_speaks_of(tmp_path: Path) -> None:
    found, peak, _ = advised(tmp_path, _STORE, "--snapshot", "peak,end")
    assert not found["findings"]
    (only,) = found["largest"]  # and not the line that held a twentieth
    assert (only["function"], only["line"]) == ("drawn", 17)
    assert 0.8 * peak < only["size_bytes"] <= peak
    assert only["holder"].endswith("pages")
    assert only["types"][0] == {"type": "bytes", "count": only["types"][0]["count"]}
    assert 190 <= only["types"][0]["count"] <= 200
    assert [at["line"] for at in only["put_at"]] == [10]


def test_it_is_told_in_words(tmp_path: Path) -> None:
    advised(tmp_path, _STORE, "--snapshot", "peak,end")
    command = [sys.executable, "-m", "heapwise", "advise", "run.hw"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.partition("no change is known for:")[2]
    assert "made at    app.py:17 drawn  return dice.randbytes(count)" in told
    assert "put at     app.py:10 put  self.pages[key] = page" in told
    assert " bytes" in told


def test_without_a_snapshot_the_line_alone_is_known(tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path, _STORE)
    (only,) = found["largest"]
    assert only["line"] == 17
    assert (only["holder"], only["types"], only["put_at"]) == ("", [], [])


def test_what_findings_would_save_is_not_said_again(tmp_path: Path) -> None:
    advised(tmp_path, _STORE, "--snapshot", "peak,end")
    snapshot, recording = run_of(tmp_path / "run.hw")
    assert recording is not None
    peak = round(recording.summary.peak_bytes)
    (only,) = gathered(recording, snapshot, [], peak)
    much, little = 3 * only.size_bytes // 10, 2 * only.size_bytes // 10
    there = Finding("HW000", "", file=only.line.file, line=only.line.line, saving_bytes=much)
    beside = replace(there, line=1, related=(Related("keeps", only.line.file, only.line.line),))
    freed = replace(there, line=1, freed=Freed(lines={(only.line.file, only.line.line): 1}))
    holder = Finding("HW000", "", holder=only.holder.rpartition(".")[0], saving_bytes=much)
    for finding in (there, beside, freed, holder):
        assert not gathered(recording, snapshot, [finding], peak)
        assert gathered(recording, snapshot, [replace(finding, saving_bytes=little)], peak)
