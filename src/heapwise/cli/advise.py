"""What to change, and how much it saves: heapwise advise [FILE]

FILE is a snapshot, or a recording with a snapshot of its run beside it (that of the peak where there is one).
Exit code 1: something was found.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from heapwise.cli.options import write_bytes
from heapwise.errors import UsageError
from heapwise.model import store
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.family import own_snapshots
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.render import advise as render
from heapwise.views.advise import advise


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("file", nargs="?", type=Path, help="default: the newest run")
    parser.add_argument("--limit", type=int, default=10, help="findings; 0 for all (default: 10)")
    parser.add_argument("--json", action="store_true", help="a document, not text")
    parser.add_argument("-o", "--output", type=Path, help="write to a file instead of stdout")


def execute(options: argparse.Namespace) -> int:
    """Shows the findings; 1 when there are any."""
    advice = advise(_snapshot_of(options.file or store.latest()), limit=options.limit)
    as_json = options.json or (options.output is not None and options.output.suffix == ".json")
    width = shutil.get_terminal_size((100, 40)).columns
    shown = render.document(advice) if as_json else render.text(advice, width=width)
    write_bytes(shown.encode(), options.output)
    return 1 if advice.findings else 0


def _snapshot_of(path: Path) -> Snapshot:
    if open_container(path).kind == KIND_SNAPSHOT:
        return Snapshot.open(path)
    beside = own_snapshots(Recording.open(path))
    peaks = [each for each in beside if each.path.name.endswith(".peak.snapshot.hw")]
    if not beside:
        raise UsageError(f"{path} has no snapshot beside it", "run again with --snapshot peak")
    return (peaks or beside)[-1]
