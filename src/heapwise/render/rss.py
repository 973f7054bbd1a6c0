"""The waterfall of the resident set, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from heapwise import units
from heapwise.analyze.waterfall import Waterfall
from heapwise.model.table import Table
from heapwise.render.paths import where
from heapwise.render.sentences import readable

_BAR = 30


def text(found: Waterfall, title: str, meta: Mapping[str, Any]) -> str:
    """Parts with bars; then what stands beside, and what keeps arenas. meta: of the file."""
    lines = [f"{title}: resident set {units.size(found.rss_bytes)}", ""]
    width = max((len(units.size(row["bytes"])) for row in found.parts.rows()), default=0)
    names = max((len(row["name"]) for row in found.parts.rows()), default=0)
    for row in found.parts.rows():
        bar = "█" * max(1, round(_BAR * row["bytes"] / max(found.rss_bytes, 1)))
        share = units.share(row["bytes"], found.rss_bytes)
        lines.append(
            f"{units.size(row['bytes']).rjust(width)}  {share.rjust(5)}  {row['name'].ljust(names)}  {bar}"
        )
        lines.append(f"{' ' * width}         {row['source']}")
    total = sum(row["bytes"] for row in found.parts.rows())
    lines += ["", f"These parts add up to {units.size(total)}."]
    lines += [
        f"{row['name']} {units.size(row['bytes'])}: {row['source']}." for row in found.beside.rows()
    ]
    if len(found.pins):
        lines += ["", f"What keeps arenas: {found.pins.note}."]
        lines += [
            f"  {row['arena']}  {units.size(row['live_bytes'])} live in {row['objects_count']} objects: {row['types']}"
            for row in found.pins.rows()
        ]
        lines += [f"  {_pinned_by(row, meta)}" for row in found.pinned_by.rows()]
    if found.tried is not None:
        lines += ["", *_tried(found.tried)]
    if found.given_back is not None:
        lines += ["", "Given back to the kernel by the process itself:"]
        lines += map(_given_back, found.given_back.rows())
    lines += ["", *map(readable, found.notes)] if found.notes else []
    return "\n".join(lines) + "\n"


def _pinned_by(row: dict[str, Any], meta: Mapping[str, Any]) -> str:
    """`241 arenas: 1000 × tuple, made at app.py:12 load, kept by app.index`."""
    at = where(row["file"], row["line"], row["function"], meta) if row["file"] else ""
    parts = [
        f"{units.count(row['arenas_count'])} arenas: {units.count(row['objects_count'])} × {row['type']}"
    ]
    parts += [f"made at {at}"] if at else []
    return ", ".join([*parts, f"kept by {row['holder']}"])


def _given_back(row: dict[str, Any]) -> str:
    if row["refusal"]:
        return f"  {row['name']}: not done: {row['refusal']}."
    sizes = [units.size(row[f"{name}_bytes"]) for name in ("saving", "before", "after")]
    took = units.duration(row["took_ms"] / 1000)
    return f"  {row['name']}: {sizes[0]} ({sizes[1]} to {sizes[2]}) in {took}"


def _tried(table: Table) -> list[str]:
    """A row for each setting."""
    heads = ("peak", "mean", "end", "time", "saves")
    rows = [
        (*(units.size(row[f"{name}_bytes"]) for name in ("peak", "mean", "end")),
         units.duration(row["time_ms"] / 1000), units.size(row["saving_bytes"]))
        for row in table.rows()
    ]  # fmt: skip
    widths = [max([len(head), *(len(row[i]) for row in rows)]) for i, head in enumerate(heads)]
    lines = ["Tried, the resident set of the bare program (saves: of the mean):"]
    lines.append("  " + "  ".join(h.rjust(w) for h, w in zip(heads, widths, strict=True)))
    for name, row in zip(table.columns["name"], rows, strict=True):
        lines.append(
            "  " + "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) + f"  {name}"
        )
    return lines


def document(found: Waterfall, meta: dict[str, Any]) -> str:
    """JSON, keys as in the contract of the docs."""
    shown = {
        "meta": meta,
        "rss_bytes": found.rss_bytes,
        "parts": list(found.parts.rows()),
        "unexplained_bytes": found.unexplained_bytes,
        "beside": list(found.beside.rows()),
        "pins": list(found.pins.rows()),
        "pinned_by": list(found.pinned_by.rows()),
        "tried": list(found.tried.rows()) if found.tried is not None else [],
        "given_back": list(found.given_back.rows()) if found.given_back is not None else [],
        "limits": [readable(note) for note in found.notes],
    }
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
