"""Which of a run's snapshots a verb looks at."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.cli import inputs

Levels = dict[str, int | tuple[int, int]]
"""Name -> bytes of the heap, or with what of it waits for the collector."""


def look(name: str, level: int | tuple[int, int]) -> Any:
    heap, waits = level if isinstance(level, tuple) else (level, 0)
    return SimpleNamespace(
        path=Path(f"run{name}.snapshot.hw"), figure={"heap_bytes": heap}.get,
        garbage_bytes=waits,
    )  # fmt: skip


def looked_at(levels: Levels, at: str, monkeypatch: pytest.MonkeyPatch, peak: int = 200) -> str:
    found = [look(*each) for each in levels.items()]
    monkeypatch.setattr(inputs, "own_snapshots", lambda _: found)
    monkeypatch.setattr(inputs, "open_container", lambda _: SimpleNamespace(kind=0))
    recording = SimpleNamespace(summary=SimpleNamespace(peak_bytes=peak))
    monkeypatch.setattr(inputs, "Recording", SimpleNamespace(open=lambda _: recording))
    return inputs.snapshot_of(Path("run.hw"), at=at).path.name


@pytest.mark.parametrize(
    ("levels", "at", "name"),
    [
        ({".peak": 100, "": 40}, "peak", "run.peak.snapshot.hw"),
        ({".peak": 100, "": 101}, "peak", "run.peak.snapshot.hw"),
        ({".peak": 100, "": 140}, "peak", "run.snapshot.hw"),
        ({".1": 120, ".peak": 100, "": 40}, "peak", "run.1.snapshot.hw"),
        ({".1": 120, "": 40}, "peak", "run.snapshot.hw"),
        ({".peak": 100, "": 40}, "end", "run.snapshot.hw"),
        ({".peak": (100, 2), "": (104, 70)}, "peak", "run.peak.snapshot.hw"),
        ({".peak": (100, 70), "": (104, 70)}, "peak", "run.snapshot.hw"),
        ({".peak": (100, 2), "": (120, 70)}, "peak", "run.snapshot.hw"),
    ],
)
def test_the_peak_is_the_look_that_shows_most(
    levels: Levels, at: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(levels, at, monkeypatch) == name


@pytest.mark.parametrize(
    ("end", "name"),
    [(101, "run.snapshot.hw"), (99, "run.peak.snapshot.hw"), ((101, 2), "run.peak.snapshot.hw")],
)
def test_an_end_that_holds_all_of_the_peak_is_the_peak(
    end: int | tuple[int, int], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at({".peak": 100, "": end}, "peak", monkeypatch, peak=101) == name
