"""Compare recordings of two or more runs or commits, or snapshots: heapwise diff A.hw B.hw [C.hw ...].

Repeated runs of one kind are joined by commas (a1.hw,a2.hw,a3.hw b1.hw,b2.hw,b3.hw): then each change
comes with its 95 % interval. The last is compared with the first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from heapwise import units
from heapwise.analyze.selection import FIGURES, Selection
from heapwise.cli.options import (
    add_document,
    add_process,
    terminal_columns,
    use_color,
    wants_document,
    write_bytes,
)
from heapwise.errors import UsageError
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.family import open_family
from heapwise.model.recording import Recording
from heapwise.render import difference as render
from heapwise.views import difference


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "runs", nargs="+", metavar="FILE[,FILE...]", help="recordings; commas join repeats"
    )
    parser.add_argument(
        "--at", choices=FIGURES, default="peak", help="which bytes (default: at the peak)"
    )
    parser.add_argument("--limit", type=int, default=20, help="rows; 0 for all (default: 20)")
    parser.add_argument("--module", default="", help="only stacks with a frame that contains this")
    parser.add_argument(
        "--fail-over", metavar="SIZE|PERCENT",
        help="exit with 1 when the peak grew by more than this (1MiB, 5%%), and by more than noise",
    )  # fmt: skip
    add_process(parser)
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows the comparison; returns the exit code."""
    if len(options.runs) < 2:
        raise UsageError("one recording cannot be compared", "name two or more")
    first = Path(options.runs[0].split(",")[0])
    if open_container(first).kind == KIND_SNAPSHOT:
        return _snapshots(options)
    groups = [[_open(name, options.process) for name in word.split(",")] for word in options.runs]
    limit = _limit(options.fail_over)
    selection = Selection(at=options.at, limit=options.limit, module=options.module)
    built = difference.build(groups, selection)
    to_terminal = options.output is None
    if wants_document(options):
        data = render.to_json(built)
    else:
        width = terminal_columns() if to_terminal else 100
        data = render.to_text(built, color=to_terminal and use_color(sys.stdout), width=width)
    write_bytes(data, options.output)
    return 1 if limit is not None and _grew(built, *limit) else 0


def _snapshots(options: argparse.Namespace) -> int:
    """Compares snapshots of one process."""
    from heapwise.model.snapshot import Snapshot
    from heapwise.render import heap
    from heapwise.views.heap import difference as compare

    snapshots = [Snapshot.open(Path(name)) for word in options.runs for name in word.split(",")]
    built = compare(snapshots, limit=options.limit)
    ending = options.output.suffix.lower() if options.output else ""
    if ending == ".html":
        names = ", ".join(snapshot.path.name for snapshot in snapshots)
        data = heap.html(built, f"What changed between the snapshots {names}")
    elif options.json or ending == ".json":
        data = heap.document(built).encode()
    else:
        data = heap.text(built).encode()
    write_bytes(data, options.output)
    return 0


def _open(name: str, process: str) -> Recording:
    return open_family(Path(name)).process(process)


def _limit(text: str | None) -> tuple[float, bool] | None:
    """(number, whether it is a share) of --fail-over."""
    if text is None:
        return None
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100, True
        return float(units.parse_size(text)), False
    except ValueError:
        raise UsageError(
            f"--fail-over {text!r} is neither a size nor a share", "as 1MiB or 5%"
        ) from None


def _grew(built: difference.Difference, limit: float, is_share: bool) -> bool:
    peak = next(row for row in built.summary.rows() if row["figure"] == "peak_bytes")
    allowed = limit * peak["values"][0] if is_share else limit
    return bool(peak["delta"] > allowed and peak["significant"])
