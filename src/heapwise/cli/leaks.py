"""Does it leak, where, and who keeps it? heapwise leaks [FILE...]

FILE is a recording (its run's snapshots beside it count, too), or two or more snapshots of one process, or
both. Without a file the newest recording is meant. `-o leaks.html` writes a page. Exit code 1: a leak was found.

    heapwise run --snapshot every=10s -o run.hw service.py
    heapwise leaks run.hw
"""

from __future__ import annotations

import argparse
from pathlib import Path

from heapwise.analyze.leaks import ENOUGH_SNAPSHOTS, Evidence
from heapwise.cli.options import add_document, terminal_columns, wants_document, write_bytes
from heapwise.errors import UsageError
from heapwise.model import store
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.family import own_snapshots
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.render import leaks as render
from heapwise.views.leaks import LEAK, leaks

_LEAST_OTHERS, _SOON_SHARE = 2, 0.5
_AT_THE_END = 0.01
"""So much of a run lies between its last collection and its end where that collection is the last that it does."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="recordings, snapshots")
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows the verdict; 1 when it is a leak."""
    report = leaks(_evidence(options.files or [store.latest()]))
    if options.output is not None and options.output.suffix == ".html":
        shown = render.html(report)
    elif wants_document(options):
        shown = render.document(report).encode()
    else:
        shown = render.text(report, width=terminal_columns()).encode()
    write_bytes(shown, options.output)
    return 1 if report.verdict == LEAK else 0


def _while_it_ran(recording: Recording, snapshots: list[Snapshot]) -> list[Snapshot]:
    """Without that of the end where there are enough others, or memory has fallen by then: a program that ends has
    left its functions, and what their locals kept. Else it takes the place of the look before it: next to nothing
    lies between, or enough looks are left, and part of the last interval is the exit."""
    others = [each for each in snapshots if each.path != store.end_snapshot_of(recording.path)]
    if len(others) == len(snapshots) or len(others) < 2:
        return snapshots
    if len(others) >= ENOUGH_SNAPSHOTS:
        return others
    fell = snapshots[-1].level_bytes() < others[-1].level_bytes()
    if fell:
        return others
    times = [each.figure("taken_ns") for each in snapshots]
    soon = times[-1] - times[-2] < _SOON_SHARE * (times[-2] - times[0]) / (len(others) - 1)
    return [*others[:-1], snapshots[-1]] if soon or len(others) > _LEAST_OTHERS else snapshots


def _end_s(recording: Recording, snapshots: list[Snapshot]) -> float:
    """When the program had done its work, on the recording's time axis: before the snapshot of the end, and before
    a collection right before that."""
    end_s = recording.summary.duration_s
    for each in snapshots:
        if each.path == store.end_snapshot_of(recording.path):
            end_s = max(0, each.figure("taken_ns") - each.figure("recorder_started_ns")) / 1e9
    for pause in reversed(recording.pauses):
        if end_s * (1 - _AT_THE_END) <= pause.time_s <= end_s:
            end_s = pause.time_s - pause.took_s
    return end_s


def _evidence(paths: list[Path]) -> Evidence:
    """The files by what they are. UsageError when they do not go together."""
    snapshots = [path for path in paths if open_container(path).kind == KIND_SNAPSHOT]
    recordings = [path for path in paths if path not in snapshots]
    if len(recordings) > 1:
        raise UsageError("leaks are looked for in one run", "name one recording")
    recording = Recording.open(recordings[0]) if recordings else None
    opened = sorted((Snapshot.open(path) for path in snapshots), key=lambda s: s.figure("taken_ns"))
    afterwards, until_s = None, 0.0
    if recording is not None and not snapshots:
        every = own_snapshots(recording)
        # The peak is no look like the others: what falls after it has not grown until it.
        every = [each for each in every if not each.is_of_peak] or every
        opened = _while_it_ran(recording, every)
        afterwards = every[-1] if opened and opened[-1] is not every[-1] else None
        until_s = _end_s(recording, every)
    pids = {snapshot.meta.get("pid") for snapshot in opened}
    if len(pids) > 1:
        raise UsageError("these snapshots are of several processes", "name those of one")
    step_s = 0.0
    if len(opened) > 1:
        first, last = (opened[i].figure("taken_ns") for i in (0, -1))
        step_s = (last - first) / 1e9 / (len(opened) - 1)
    return Evidence(
        recording, opened, step_s=step_s, lived=recording, afterwards=afterwards, until_s=until_s
    )
