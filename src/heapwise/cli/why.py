"""Who keeps it alive, and by which path? heapwise why FILE WHAT, for a snapshot."""

from __future__ import annotations

import argparse
from pathlib import Path

from heapwise.analyze.paths import Answer
from heapwise.cli.options import add_format, write_bytes
from heapwise.errors import NothingRecordedError, UsageError
from heapwise.model.snapshot import Snapshot
from heapwise.render import heap
from heapwise.views.heap import answer, drawing


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "file", type=Path, help="a snapshot: of heapwise.snapshot() or run --snapshot"
    )
    parser.add_argument(
        "what",
        help="a type, module.global, an address (0x...), or file.py:12: what that line allocated",
    )
    parser.add_argument("--paths", type=int, default=5, help="how many paths (default: 5)")
    add_format(parser, ("text", "json", "html", "svg"))


def execute(options: argparse.Namespace) -> int:
    """Shows the paths."""
    snapshot = Snapshot.open(options.file)
    if options.paths < 1:
        raise UsageError("--paths must be 1 or more")
    found = answer(snapshot, options.what, most=options.paths)
    if not found.count:
        raise NothingRecordedError(f"{options.file} has no object, type or global {options.what!r}")
    write_bytes(_render(_format(options), snapshot, found), options.output)
    return 0


def _format(options: argparse.Namespace) -> str:
    ending = options.output.suffix.lower() if options.output else ""
    known = {".json": "json", ".svg": "svg", ".html": "html"}
    return options.format or known.get(ending, "text")


def _render(chosen: str, snapshot: Snapshot, found: Answer) -> bytes:
    if chosen in ("svg", "html"):
        from heapwise.render import svg

        picture = svg.render(drawing(snapshot, found), f"Who keeps {found.target} alive?")
        return picture if chosen == "svg" else heap.why_html(snapshot, found, picture)
    text = heap.why_document if chosen == "json" else heap.why_text
    return text(snapshot, found).encode()
