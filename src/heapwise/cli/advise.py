"""What to change, and how much it saves: heapwise advise [FILE]

FILE is a recording, with snapshots of its run beside it, or either alone: of a recording the lines are looked at, of a
snapshot the objects. That of the peak is looked at first, and what that of the end shows besides. With --prove each
change that can be made by itself is tried on a copy of the project, by the run's own command. Exit code 1: something
was found.

    heapwise run --snapshot peak,end app.py
    heapwise advise --prove
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from heapwise import units
from heapwise.cli.inputs import children_of, end_of, run_of
from heapwise.cli.options import (
    add_document,
    say,
    size,
    terminal_columns,
    wants_document,
    write_bytes,
)
from heapwise.errors import UsageError
from heapwise.render import advise as render
from heapwise.views.advise import LEAST_BYTES, LEAST_SHARE, MOST_LEAST_BYTES, advise
from heapwise.views.proof import prove_all


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("file", nargs="?", type=Path, help="default: the newest run")
    parser.add_argument("--limit", type=int, default=10, help="findings; 0 for all (default: 10)")
    parser.add_argument(
        "--least",
        type=size,
        help=f"what a change must save to be told (default: {100 * LEAST_SHARE:.0f} %% of the peak, but no less than "
        f"{units.size(LEAST_BYTES)} and no more than {units.size(MOST_LEAST_BYTES)})",
    )
    parser.add_argument(
        "--prove", action="store_true", help="try each change, and show what it came to"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="of --prove: runs of each (default: 3)"
    )
    parser.add_argument(
        "--keep", action="store_true", help="of --prove: make the changes that are proved"
    )
    parser.add_argument(
        "--root", type=Path, help="of --prove: the folder to copy (default: the project)"
    )
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows the findings; 1 when there are any."""
    if options.rounds < 1:
        raise UsageError("--rounds must be 1 or more")
    snapshot, recording = run_of(options.file)
    advice = advise(
        snapshot, recording, children=children_of(recording), end=end_of(recording, snapshot),
        limit=options.limit, least=options.least,
    )  # fmt: skip
    if options.prove and not any(each.patch or each.setting for each in advice.findings):
        say("nothing was tried: none of these changes is made by itself, see `change` of each")
    elif options.prove:
        # So that copies are removed, and what runs in them ended.
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
        advice = prove_all(
            advice, rounds=options.rounds, keep=options.keep, root=options.root, say=say
        )
    shown = (
        render.document(advice)
        if wants_document(options)
        else render.text(advice, width=terminal_columns())
    )
    write_bytes(shown.encode(), options.output)
    return 1 if advice.findings else 0
