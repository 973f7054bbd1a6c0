"""Alternatives side by side, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from heapwise import units
from heapwise.model.table import Table

_HEADS = ("time", "low to high", "peak", "kept", "total", "allocations")


def text(table: Table, verdict: Sequence[str], *, width: int = 100) -> str:
    """A row for each alternative, figures never cut; then the verdict."""
    rows = [
        (
            _time(row["time_s"]),
            f"{_time(row['time_low_s'])} to {_time(row['time_high_s'])}",
            units.size(row["peak_bytes"]),
            units.size(row["kept_bytes"]),
            units.size(row["total_bytes"]),
            units.count(row["allocations_count"]),
        )
        for row in table.rows()
    ]
    widths = [max(len(head), *(len(row[i]) for row in rows)) for i, head in enumerate(_HEADS)]
    lines = ["     " + "  ".join(h.rjust(w) for h, w in zip(_HEADS, widths, strict=True))]
    for number, (name, row) in enumerate(zip(table.columns["name"], rows, strict=True), 1):
        figures = "  ".join(cell.rjust(w) for cell, w in zip(row, widths, strict=True))
        lines.append(f"{f'[{number}]':>4} {figures}")
        flat = " ".join(name.split())
        lines.append("     " + (flat if len(flat) <= width - 5 else flat[: width - 6] + "…"))
    lines += ["", *verdict] if verdict else []
    return "\n".join(lines) + "\n"


def _time(seconds: float) -> str:
    """Three significant figures, in the unit that suits them."""
    for unit, factor in (("ns", 1e9), ("us", 1e6), ("ms", 1e3)):
        if seconds * factor < 999.5:
            return f"{seconds * factor:.3g} {unit.replace('us', 'µs')}"
    return f"{seconds:.3g} s"


def document(table: Table, verdict: Sequence[str]) -> str:
    """JSON: `alternatives`, one object each, and `verdict`, a list of sentences."""
    found = {"alternatives": list(table.rows()), "verdict": list(verdict)}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
