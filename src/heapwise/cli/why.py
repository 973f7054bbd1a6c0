"""Who keeps it alive, and by which path? heapwise why FILE WHAT, for a snapshot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from heapwise.errors import NothingRecordedError
from heapwise.model.snapshot import Snapshot
from heapwise.render import heap
from heapwise.views.heap import answer


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "file", type=Path, help="a snapshot: of heapwise.snapshot() or run --snapshot"
    )
    parser.add_argument("what", help="a type, module.global, or an address (0x...)")
    parser.add_argument("--paths", type=int, default=5, help="how many paths (default: 5)")
    parser.add_argument("--json", action="store_true", help="a document, not text")


def execute(options: argparse.Namespace) -> int:
    """Shows the paths."""
    snapshot = Snapshot.open(options.file)
    found = answer(snapshot, options.what, most=max(1, options.paths))
    if not found.count:
        raise NothingRecordedError(f"{options.file} has no object, type or global {options.what!r}")
    render = heap.why_document if options.json else heap.why_text
    sys.stdout.write(render(snapshot, found))
    return 0
