"""Show what a recording holds."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from heapwise.analyze.selection import FIGURES, SORTS, Selection
from heapwise.cli.options import (
    FORMATS,
    add_file,
    add_format,
    add_process,
    choose_format,
    use_color,
    write_bytes,
)
from heapwise.errors import NothingRecordedError, UsageError
from heapwise.model import store
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.family import open_family
from heapwise.views import report

if TYPE_CHECKING:
    from heapwise.views.advise import Advice

VIEWS = tuple(report.VIEWS)
HEAP_VIEWS = ("types", "holders", "lines", "modules", "globals", "classes", "threads", "frames",
              "cycles", "tree", "class-up")  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    add_file(parser)
    parser.add_argument(
        "--view",
        choices=tuple(dict.fromkeys(VIEWS + HEAP_VIEWS)),
        default="overview",
        metavar="VIEW",
        help=f"what to show (default: overview); of a recording {', '.join(VIEWS)}; "
        f"of a snapshot {', '.join(HEAP_VIEWS)}",
    )
    parser.add_argument(
        "--at",
        choices=FIGURES,
        default="peak",
        help="rank by bytes at the peak, at the end, or ever",
    )
    parser.add_argument("--sort", choices=SORTS, default="", help="sort rows by (default: as --at)")
    parser.add_argument(
        "--limit",
        type=int,
        help="rows of a table; 0 for all (default: 20; in text, the lines that "
        "hold 95 %% of the whole)",
    )
    parser.add_argument(
        "--module", default="", help="only stacks with a frame whose file or function contains this"
    )
    add_process(parser)
    parser.add_argument(
        "--own", action="store_true", help="show what Heapwise itself allocated, too"
    )
    add_format(parser, FORMATS)


def execute(options: argparse.Namespace) -> int:
    """Renders the report; returns the exit code."""
    path = options.file or store.latest()
    if open_container(path).kind == KIND_SNAPSHOT:
        return _heap(options, path)
    if options.view not in VIEWS:
        raise UsageError(f"a recording has no view {options.view}", f"one of {', '.join(VIEWS)}")
    family = open_family(path)
    if family.process(options.process).summary.allocations_count == 0:
        raise NothingRecordedError(f"{path} records no allocation")
    chosen = choose_format(options.format, options.output)
    enough = (
        options.limit is None and options.view == "lines" and chosen in ("text", "md")
        and options.sort not in ("count", "lifetime")
    )  # fmt: skip
    selection = Selection(
        options.at, 20 if options.limit is None else options.limit, options.module, options.own,
        options.sort, 0.95 if enough else 1.0,
    )  # fmt: skip
    if chosen == "csv" and options.view == "verdict":
        raise UsageError("the verdict is no table", "choose another --view or --format")
    advice = _advice(path) if chosen == "html" and options.process == "all" else None
    built = report.build(
        family, selection, view=options.view, process=options.process, advice=advice
    )
    if options.module and not any(len(table) for table in built.tables if table.name != "resident"):
        raise NothingRecordedError(f"no allocation below a frame that contains {options.module!r}")
    data = _render(chosen, built, to_terminal=options.output is None)
    write_bytes(data, options.output)
    return 0


def _heap(options: argparse.Namespace, path: Path) -> int:
    """The report on a snapshot."""
    from heapwise.model.snapshot import Snapshot
    from heapwise.render import heap
    from heapwise.views.heap import OVERVIEW, QUERIES, build

    if options.view != "overview" and options.view not in QUERIES:
        raise UsageError(
            f"a snapshot has no view {options.view}", f"overview, or one of {', '.join(QUERIES)}"
        )
    chosen = choose_format(options.format, options.output)
    if chosen not in ("text", "json", "html"):
        raise UsageError(f"a snapshot has no {chosen} report", "choose text, json or html")
    if chosen == "html":
        from heapwise.render import heap_html
        from heapwise.views.heap import page

        write_bytes(heap_html.render(page(Snapshot.open(path))), options.output)
        return 0
    views = OVERVIEW if options.view == "overview" else (options.view,)
    limit = 20 if options.limit is None else options.limit
    built = build(Snapshot.open(path), limit=limit, views=views)
    text = heap.document(built) if chosen == "json" else heap.text(built)
    write_bytes(text.encode(), options.output)
    return 0


def _advice(path: Path) -> Advice:
    """What all rules say of the run: `heapwise advise`."""
    from heapwise.cli.inputs import children_of, end_of, run_of
    from heapwise.views.advise import advise

    snapshot, recording = run_of(path)
    end = end_of(recording, snapshot)
    return advise(snapshot, recording, children=children_of(recording), end=end)


def _render(chosen: str, built: report.Report, *, to_terminal: bool) -> bytes:
    if chosen == "html":
        from heapwise.render import html

        return html.render(built)
    if chosen == "json":
        from heapwise.render import json

        return json.render(built)
    if chosen == "md":
        from heapwise.render import markdown

        return markdown.render(built)
    if chosen == "csv":
        from heapwise.render import csv

        return csv.render(built)
    from heapwise.render import text

    color = to_terminal and use_color(sys.stdout)
    width = shutil.get_terminal_size((100, 40)).columns if to_terminal else 100
    return text.render(built, color=color, width=width)
