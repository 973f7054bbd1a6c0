"""The verdict on each example names the line at fault, and the mended twin does the same with less."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.model.recording import Recording

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


@pytest.mark.parametrize(
    ("name", "count", "function"),
    [
        ("orders", "200000", "enrich"),
        ("thumbnails", "12", "load_images"),
        ("training", "300", "Samples.__init__"),
    ],
)
def test_example(name: str, count: str, function: str, tmp_path: Path) -> None:
    outputs, peaks, verdicts = [], [], []
    for variant in (name, f"{name}_mended"):
        path = tmp_path / f"{variant}.hw"
        command = [
            sys.executable,
            "-m",
            "heapwise",
            "run",
            "-o",
            str(path),
            str(EXAMPLES / f"{variant}.py"),
            count,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        outputs.append(done.stdout)
        verdicts.append(done.stderr)
        peaks.append(Recording.open(path).summary.peak_bytes)
    assert outputs[0] == outputs[1]
    held = [line for line in verdicts[0].splitlines() if f"{name}.py:" in line]
    assert any(function in line for line in held)
    assert peaks[1] < peaks[0] * 0.8
