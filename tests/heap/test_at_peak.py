"""What a snapshot tells that was taken before the peak, or after it: savings are of the peak."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from tests.conftest import advice

PROGRAM = """
import heapwise
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
TEXTS = {}
def text_of(key):
    if key in TEXTS: return TEXTS[key]
    text = " ".join(sorted(key.split())) * 3
    TEXTS[key] = text
    return text
def main():
    points = []
    for i in range(50_000):
        points.append(Point(i, i + 1))
        text_of(f"the text of number {i:05}")
        if i + 1 == TAKEN: heapwise.snapshot("a.peak.snapshot.hw")
    REST
    print(sum(point.x + point.y for point in points))
main()
"""


def run(place: Path, taken: int, rest: str = "pass", *options: str) -> Path:
    """The recording of the program, which has taken its snapshot after so many of 50 000."""
    (place / "app.py").write_text(PROGRAM.replace("TAKEN", str(taken)).replace("REST", rest))
    run = [sys.executable, "-m", "heapwise", "run", "-q", *options, "-o", "a.hw", "app.py"]
    subprocess.run(run, cwd=place, check=True, capture_output=True)
    return place / "a.hw"


def savings(path: Path) -> dict[str, int]:
    findings: list[dict[str, Any]] = advice(path, "--least", "1")["findings"]
    return {each["code"]: each["saving_bytes"] for each in findings}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The savings where the snapshot is one of the peak itself."""
    return savings(run(tmp_path_factory.mktemp("whole"), 50_000))


@pytest.mark.parametrize("taken", [10_000, 30_000, 49_000])
def test_what_has_become_more_since_is_told_as_it_was_at_the_peak(
    taken: int, known: dict[str, int], tmp_path: Path
) -> None:
    found = savings(run(tmp_path, taken))
    assert found["HW301"] == pytest.approx(known["HW301"], rel=0.01)
    # What a global keeps, which a rule of the source asks for: its table grows by steps.
    assert found["HW506"] == pytest.approx(known["HW506"], rel=0.02)


GENERATIONS = """
import heapwise
def made(generation, count):
    found = []
    for i in range(count):
        found.append(f"{i} of the generation {generation}, and what else is said of it")
        if generation == 1 and i == TAKEN: heapwise.snapshot("a.peak.snapshot.hw")
    return found
def main():
    members = made(0, 50_000)
    for generation in range(1, 4):
        members = made(generation, 50_000)
    print(len(members))
main()
"""


@pytest.mark.parametrize("taken", [25_000, 49_999])
def test_of_generations_the_one_that_was_there_counts_for_those_that_come(
    taken: int, tmp_path: Path
) -> None:
    """What the first call has made has gone at the peak: another call holds as much then."""
    (tmp_path / "app.py").write_text(GENERATIONS.replace("TAKEN", str(taken)))
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "a.hw", "app.py"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    peak_bytes = Recording.open(tmp_path / "a.hw").summary.peak_bytes
    assert savings(tmp_path / "a.hw")["HW720"] == pytest.approx(peak_bytes / 2, rel=0.08)


@pytest.mark.parametrize("options", [(), ("--sample=16384",)])
def test_what_sites_held_adds_up_to_the_heap(options: tuple[str, ...], tmp_path: Path) -> None:
    path = run(tmp_path, 30_000, "pass", *options)
    snapshot, recording = Snapshot.open(tmp_path / "a.peak.snapshot.hw"), Recording.open(path)
    heap_bytes = snapshot.figure("heap_bytes")
    assert sum(snapshot.held.values()) == pytest.approx(heap_bytes, rel=0.001)
    at_peak = dict(zip(recording.site_ids, recording.sites.figures["peak_bytes"], strict=True))
    rises = sum(at_peak.get(site, 0) - held for site, held in snapshot.held.items())
    new = sum(size for site, size in at_peak.items() if site not in snapshot.held)
    assert rises + new == pytest.approx(recording.summary.peak_bytes - heap_bytes, rel=0.001)


SCALED = """
import heapwise, numpy as np
def main():
    images = np.full((100, 128, 128, 3), 7, np.uint8)
    scaled = images / 255.0
    heapwise.snapshot("a.peak.snapshot.hw")
    more = [images[:2] / 255.0 for _ in range(8)]
    print(round(float(scaled.mean() + len(more)), 3))
main()
"""


def test_heads_of_arrays_tell_nothing_of_their_data(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    (tmp_path / "app.py").write_text(SCALED)
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "a.hw", "app.py"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    [saving] = [each for code, each in savings(tmp_path / "a.hw").items() if code == "HW346"]
    array_bytes = 100 * 128 * 128 * 3 * 8
    assert saving == pytest.approx(array_bytes / 2, rel=0.02)
