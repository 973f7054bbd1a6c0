"""Where does the resident set go? heapwise rss [PID|FILE]

FILE is a snapshot, or a recording with a snapshot of its run beside it (the last is meant): then live Python
objects, slack of allocators, native blocks, files and stacks are told apart, and add up. Of a PID only its
mappings are seen.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from heapwise.cli.options import write_bytes
from heapwise.errors import UsageError
from heapwise.model import store
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.procfs import mappings
from heapwise.model.snapshot import Snapshot
from heapwise.render import rss as render
from heapwise.views.rss import Waterfall, of_mappings, of_snapshot


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("what", nargs="?", metavar="PID|FILE", help="default: the newest run")
    parser.add_argument("--limit", type=int, default=10, help="arenas shown (default: 10)")
    parser.add_argument("--json", action="store_true", help="a document, not text")
    parser.add_argument("-o", "--output", type=Path, help="write to a file instead of stdout")


def execute(options: argparse.Namespace) -> int:
    """Shows the waterfall."""
    found, title, meta = _look(options)
    as_json = options.json or (options.output is not None and options.output.suffix == ".json")
    shown = render.document(found, meta) if as_json else render.text(found, title)
    write_bytes(shown.encode(), options.output)
    return 0


def _look(options: argparse.Namespace) -> tuple[Waterfall, str, dict[str, Any]]:
    what = options.what
    if what is not None and what.isdigit() and not Path(what).exists():
        return of_mappings(mappings(int(what))), f"process {what}", {"pid": int(what)}
    path = Path(what) if what is not None else store.latest()
    if open_container(path).kind != KIND_SNAPSHOT:
        beside = store.snapshots_of(path)
        if not beside:
            raise UsageError(
                f"{path} has no snapshot beside it", "run again with --snapshot end (or peak)"
            )
        path = beside[-1]
    snapshot = Snapshot.open(path)
    return of_snapshot(snapshot, options.limit), path.name, snapshot.meta
