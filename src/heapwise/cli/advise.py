"""What to change, and how much it saves: heapwise advise [FILE]

FILE is a snapshot, or a recording with a snapshot of its run beside it (that of the peak where there is one).
Exit code 1: something was found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from heapwise.cli.inputs import snapshot_of
from heapwise.cli.options import add_document, terminal_columns, wants_document, write_bytes
from heapwise.render import advise as render
from heapwise.views.advise import advise


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("file", nargs="?", type=Path, help="default: the newest run")
    parser.add_argument("--limit", type=int, default=10, help="findings; 0 for all (default: 10)")
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows the findings; 1 when there are any."""
    advice = advise(snapshot_of(options.file, at="peak"), limit=options.limit)
    width = terminal_columns()
    shown = render.document(advice) if wants_document(options) else render.text(advice, width=width)
    write_bytes(shown.encode(), options.output)
    return 1 if advice.findings else 0
