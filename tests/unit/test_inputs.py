"""Which of a run's snapshots a verb looks at."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.cli import inputs


def looked_at(levels: dict[str, int], at: str, monkeypatch: pytest.MonkeyPatch) -> str:
    found: list[Any] = [
        SimpleNamespace(path=Path(f"run{name}.snapshot.hw"), figure={"heap_bytes": level}.get)
        for name, level in levels.items()
    ]
    monkeypatch.setattr(inputs, "own_snapshots", lambda _: found)
    monkeypatch.setattr(inputs, "open_container", lambda _: SimpleNamespace(kind=0))
    monkeypatch.setattr(inputs, "Recording", SimpleNamespace(open=lambda path: path))
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
    ],
)
def test_the_peak_is_the_look_that_shows_most(
    levels: dict[str, int], at: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(levels, at, monkeypatch) == name
