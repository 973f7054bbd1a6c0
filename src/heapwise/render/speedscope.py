"""speedscope: https://www.speedscope.app, file format 0.0.1; three profiles (peak, end, total)."""

from __future__ import annotations

import json
from typing import Any

from heapwise.analyze.selection import FIGURES, Selection
from heapwise.analyze.stack_tree import StackTree, stack_tree
from heapwise.model.recording import Recording

SCHEMA = "https://www.speedscope.app/file-format-schema.json"


def render(recording: Recording, selection: Selection) -> bytes:
    """UTF-8 JSON; the selected figure comes first."""
    tree = stack_tree(recording, selection)
    order = sorted(FIGURES, key=lambda figure: figure != selection.at)
    document = {
        "$schema": SCHEMA,
        "exporter": "heapwise",
        "name": " ".join(map(str, recording.meta.get("command", []))),
        "activeProfileIndex": 0,
        "shared": {"frames": [_frame(recording, at) for at in range(len(recording.frames))]},
        "profiles": [_profile(tree, figure) for figure in order],
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _frame(recording: Recording, at: int) -> dict[str, Any]:
    frame = recording.frames[at]
    found: dict[str, Any] = {"name": frame.function}
    if frame.file:
        found |= {"file": frame.file, "line": frame.line}
    return found


def _profile(tree: StackTree, figure: str) -> dict[str, Any]:
    own = tree.own[f"{figure}_bytes"]
    stacks: list[list[int]] = [[]]
    samples, weights = [], []
    for row in range(1, len(tree.parent)):
        stacks.append([*stacks[tree.parent[row]], tree.frame[row]])
        if round(own[row]) > 0:
            samples.append(stacks[row])
            weights.append(round(own[row]))
    return {
        "type": "sampled", "name": f"{figure} bytes", "unit": "bytes",
        "startValue": 0, "endValue": sum(weights), "samples": samples, "weights": weights,
    }  # fmt: skip
