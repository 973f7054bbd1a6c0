"""What trying a change showed, as lines and as JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from heapwise import units
from heapwise.prove.proof import DISPROVED, FIGURES, PROVED, Figure, Proof
from heapwise.version import __version__

_LABELS = {
    "peak_bytes": "peak heap", "total_bytes": "allocated", "peak_rss_bytes": "peak RSS", "time_s": "time",
    "private_bytes": "children",
}  # fmt: skip


def text(proof: Proof) -> str:
    """The verdict and the figures, a line each."""
    return "\n".join(lines(proof)) + "\n"


def lines(proof: Proof, predicted_bytes: int = 0) -> Iterator[str]:
    """The same as lines. predicted_bytes: what the finding said it would save."""
    yield f"{proof.verdict}: {proof.why}"
    for name in FIGURES:
        if name in proof.before:
            shown = units.duration if name == "time_s" else units.size
            before, after = proof.before[name], proof.after[name]
            change, low, high = proof.changes[name]
            sign = "-" if change < 0 else "+"
            between = (
                "" if low == high else f" (95 %: {_signed(low, shown)} to {_signed(high, shown)})"
            )
            yield (
                f"   {_LABELS[name]:10} {_figure(before, shown)} -> {_figure(after, shown)}, "
                f"{sign}{shown(abs(change))}{between}"
            )
    if proof.verdict in (PROVED, DISPROVED):
        times = f"{proof.rounds} run{'s' * (proof.rounds != 1)} of each"
        same = "the same" if proof.same_output else "not to be compared"
        yield f"   {'output':10} {same}, {times}"
    if predicted_bytes and proof.verdict == PROVED and proof.saved_bytes > 0:
        off = (predicted_bytes - proof.saved_bytes) / proof.saved_bytes
        told = f"{abs(off):.0%} {'more' if off > 0 else 'less'} than was saved"
        yield f"   {'predicted':10} {units.size(predicted_bytes)}: {told if round(off, 2) else 'as was saved'}"


def _signed(value: float, shown: Any) -> str:
    return f"{'-' if value < 0 else '+'}{shown(abs(value))}"


def _figure(figure: Figure, shown: Any) -> str:
    return str(shown(figure.median))


def row(proof: Proof) -> dict[str, Any]:
    """The keys of the contract."""
    return {
        "before": {name: asdict(figure) for name, figure in proof.before.items()},
        "after": {name: asdict(figure) for name, figure in proof.after.items()},
        "changes": {
            name: dict(zip(("change", "low", "high"), change, strict=True))
            for name, change in proof.changes.items()
        },
        "same_output": proof.same_output,
        "verdict": proof.verdict,
        "why": proof.why,
        "rounds": proof.rounds,
    }


def document(proof: Proof, command: str) -> str:
    """JSON, keys as in the contract of the docs."""
    meta = {
        "format": 1, "kind": "proof", "tool": "heapwise", "version": __version__,
        "python": platform.python_version(), "command": command, "mode": None, "started_at": None,
    }  # fmt: skip
    return json.dumps({"meta": meta, **row(proof)}, indent=2, ensure_ascii=False) + "\n"
