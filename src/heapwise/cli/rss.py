"""Where does the resident set go? heapwise rss [PID|FILE]

FILE is a snapshot, or a recording with a snapshot of its run beside it (the last is meant): then live Python
objects, slack of allocators, native blocks, files and stacks are told apart, and add up. Of a PID only its
mappings are seen.

--try measures what would give memory back. Of a FILE: its program is run again, bare, with settings of the allocators.
Of a PID (of a run with --snapshot signal): that process itself drops the pages of empty pools, and calls malloc_trim.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from heapwise.capture.trim import answer_of, request_of
from heapwise.cli.inputs import snapshot_of
from heapwise.cli.listening import find
from heapwise.cli.options import add_document, say, wants_document, write_bytes
from heapwise.errors import CannotRecordError, UsageError
from heapwise.model.procfs import mappings
from heapwise.model.table import Table
from heapwise.render import rss as render
from heapwise.views.rss import Waterfall, given_back, of_mappings, of_snapshot, tried

_ANSWER_S, _POLL_S = 60.0, 0.02


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("what", nargs="?", metavar="PID|FILE", help="default: the newest run")
    parser.add_argument("--limit", type=int, default=10, help="arenas shown (default: 10)")
    parser.add_argument(
        "--try", action="store_true", dest="trying",
        help="run the program of FILE again, bare, with allocator settings, or let process PID give free memory "
        "back, and measure what each does",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=2, help="of --try (default: 2)")
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows the waterfall."""
    found, title, meta = _look(options)
    if options.trying and "pid" in meta and "command" not in meta:
        found = replace(found, given_back=_try_in_place(meta["pid"]))
    elif options.trying:
        found = replace(found, tried=_try(meta, max(1, options.rounds)))
    shown = (
        render.document(found, meta) if wants_document(options) else render.text(found, title, meta)
    )
    write_bytes(shown.encode(), options.output)
    return 0


def _try(meta: dict[str, Any], rounds: int) -> Table:
    command = [str(word) for word in meta.get("command") or ()]
    if not command:
        raise UsageError("--try runs a program again", "name a file of a run, not a PID")

    return tried(command, str(meta.get("directory") or ""), rounds=rounds, say=say)


def _try_in_place(pid: int) -> Table:
    """Asks a process to give back what it can, and waits for what it came to."""
    asked = find(pid)
    path = os.path.realpath(asked.path)
    request, answer = Path(request_of(path, asked.pid)), Path(answer_of(path, asked.pid))
    answer.unlink(missing_ok=True)
    request.touch()
    try:
        asked.send()
        until = time.monotonic() + _ANSWER_S
        while not answer.exists():
            if time.monotonic() > until:
                raise CannotRecordError(
                    f"process {asked.pid} did not answer in {_ANSWER_S:g} s",
                    "its main thread may be in one long call of native code",
                )
            time.sleep(_POLL_S)
        return given_back(json.loads(answer.read_text()))
    finally:
        for left in (request, answer):
            with contextlib.suppress(OSError):
                left.unlink()


def _look(options: argparse.Namespace) -> tuple[Waterfall, str, dict[str, Any]]:
    what = options.what
    if what is not None and what.isdigit() and not Path(what).exists():
        return of_mappings(mappings(int(what))), f"process {what}", {"pid": int(what)}
    snapshot = snapshot_of(Path(what) if what is not None else None, at="end")
    return of_snapshot(snapshot, options.limit), snapshot.path.name, snapshot.meta
