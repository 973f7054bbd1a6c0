"""`heapwise VERB ...`: finds the verb, and turns errors into one line and an exit code."""

from __future__ import annotations

import argparse
import gc
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import Any, cast

from heapwise.errors import (
    CannotRecordError,
    HeapwiseError,
    NothingRecordedError,
    RuleFailedWarning,
)
from heapwise.version import __version__

# Verb -> (group, what it does). Each is a module here with configure(parser) and execute(options).
VERBS = {
    "run": ("record", "record a program: heapwise run script.py args..., -m module, -c code"),
    "snapshot": ("record", "the heap of a running program as a graph: heapwise snapshot PID"),
    "mprof": ("record", "memory_profiler's mprof: run, plot, peak, list, rm, clean"),
    "report": ("ask", "show what a recording holds: text, html, json, md, csv"),
    "why": ("ask", "who keeps an object alive: the paths to it, in a snapshot"),
    "rss": ("ask", "where the resident set goes, part by part"),
    "query": ("ask", "ask a snapshot in SQL"),
    "leaks": ("ask", "does it leak, where, and who keeps it"),
    "diff": ("ask", "compare recordings of runs or commits, line by line"),
    "advise": ("mend", "what to change, and how much it saves"),
    "lint": ("mend", "what the source itself shows, and its changes"),
    "prove": ("mend", "does a change help? tried on a copy, with the run's own command"),
    "bench": ("mend", "time and memory of statements side by side"),
    "export": ("keep", "convert a recording: collapsed, speedscope, pprof, gecko, pstats"),
    "explain": ("help", "the page of an error"),
    "doctor": ("help", "what works on this machine, and what mends the rest"),
}

_READS = frozenset(("report", "why", "rss", "query", "diff", "advise", "lint", "export"))
"""Verbs that look at files; the others start programs, or measure."""
_RARELY = 200_000

EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_NOTHING = 3
EXIT_OURSELVES = 125


def usage() -> str:
    """The first screen of help."""
    lines = ["usage: heapwise VERB [options]", ""]
    group = ""
    for verb, (its_group, says) in VERBS.items():
        lines.append(f"{its_group if its_group != group else '':8}{verb:10}{says}")
        group = its_group
    lines += ["", "heapwise VERB --help tells more; --version the version."]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Runs one command; returns its exit code."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return EXIT_FINE if arguments else EXIT_USAGE
    if arguments[0] in ("-V", "--version", "version"):
        print(f"heapwise {__version__}")
        return EXIT_FINE
    verb, rest = arguments[0], arguments[1:]
    if verb not in VERBS:
        from difflib import get_close_matches

        near = get_close_matches(verb, VERBS, 1)
        hint = f"; did you mean {near[0]}?" if near else "; `heapwise --help` lists the verbs"
        print(f"heapwise: there is no verb {verb!r}{hint}", file=sys.stderr)
        return EXIT_USAGE
    module = import_module(f"heapwise.cli.{verb}")
    parser = argparse.ArgumentParser(
        prog=f"heapwise {verb}", description=module.__doc__, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    module.configure(parser)
    program: list[str] = []
    if verb == "run":
        rest, program = module.split(rest)
    try:
        options = parser.parse_args(rest)
        if program:
            options.program = program
        with _failures_told(), _collecting_rarely() if verb in _READS else nullcontext():
            code: int = module.execute(options)
    except HeapwiseError as error:
        print(f"heapwise: {error} [{error.slug}]", file=sys.stderr)
        return exit_code(error, verb)
    except SystemExit as stop:  # argparse has said what is wrong
        return stop.code if isinstance(stop.code, int) else EXIT_USAGE
    return code


@contextmanager
def _failures_told() -> Iterator[None]:
    """Rules that fail are told of in a line, as errors are."""
    with warnings.catch_warnings():
        shown = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, RuleFailedWarning):
                print(f"heapwise: {message}", file=sys.stderr)
            else:
                shown(message, category, *place, **more)

        warnings.showwarning = cast(Any, show)
        yield


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Millions of small tuples, hardly any of which hang together in rings, are not to be looked through each time."""
    before = gc.get_threshold()
    gc.set_threshold(_RARELY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def exit_code(error: HeapwiseError, verb: str) -> int:
    """The documented exit code of an error."""
    if isinstance(error, NothingRecordedError):
        return EXIT_NOTHING
    if isinstance(error, CannotRecordError) and verb == "run":
        return EXIT_OURSELVES
    return EXIT_USAGE


def entry() -> None:
    """The console script."""
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
