"""Convert a recording for other tools: collapsed stacks, speedscope, pprof, Firefox Profiler, pstats."""

from __future__ import annotations

import argparse

from heapwise.analyze.selection import FIGURES, Selection
from heapwise.cli.options import add_file, add_output, add_process, write_bytes
from heapwise.errors import NothingRecordedError, UsageError
from heapwise.model import store
from heapwise.model.family import open_family
from heapwise.render import collapsed, gecko, pprof, pstats, speedscope

RENDERERS = {
    "collapsed": collapsed.render,
    "speedscope": speedscope.render,
    "pprof": pprof.render,
    "gecko": gecko.render,
    "pstats": pstats.render,
}
_ENDINGS = {".collapsed": "collapsed", ".folded": "collapsed", ".speedscope.json": "speedscope",
            ".pb.gz": "pprof", ".pprof": "pprof", ".gecko.json": "gecko",
            ".pstats": "pstats", ".prof": "pstats"}  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    add_file(parser)
    parser.add_argument("--format", choices=RENDERERS, help="default: by the ending of -o")
    parser.add_argument(
        "--at", choices=FIGURES, default="peak", help="which bytes (default: at the peak)"
    )
    parser.add_argument(
        "--module", default="", help="only stacks with a frame whose file or function contains this"
    )
    add_process(parser)
    add_output(parser)


def execute(options: argparse.Namespace) -> int:
    """Writes the converted recording."""
    chosen = options.format
    if chosen is None and options.output is not None:
        matches = [
            form for ending, form in _ENDINGS.items() if options.output.name.endswith(ending)
        ]
        chosen = matches[0] if matches else None
    if chosen is None:
        raise UsageError("no format is named", f"add --format {'|'.join(RENDERERS)}")
    recording = open_family(options.file or store.latest()).process(options.process)
    selection = Selection(at=options.at, module=options.module)
    if not selection.rows(recording):
        raise NothingRecordedError(f"{recording.path} holds nothing to export")
    write_bytes(RENDERERS[chosen](recording, selection), options.output)
    return 0
