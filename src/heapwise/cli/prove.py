"""Does a change help? heapwise prove CODE [FILE] | --patch FILE | --before COMMAND --after COMMAND

Makes the change in a copy of the project, runs the program's own command in a copy without it and in the one with it,
in turns and several times, and compares: peak heap, all it allocates, peak RSS, time, with 95 % intervals; and what it
says on stdout, its exit code, and named output files. Each run begins with a fresh copy and with nothing on
stdin. CODE is a finding of `heapwise advise` on FILE (default: the
newest run), as HW702 or HW702@app.py:27. Exit code 1: it is not proved.

    heapwise prove HW702
    heapwise prove --patch change.diff -- python app.py --rows 1000
    heapwise prove --before 'python old.py' --after 'python new.py'
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path

from heapwise.cli.inputs import run_of
from heapwise.cli.options import add_document, say, wants_document, write_bytes
from heapwise.errors import CannotProveError, UsageError
from heapwise.model import store
from heapwise.model.recording import Recording
from heapwise.prove.patch import parse
from heapwise.prove.proof import PROVED, Task, prove
from heapwise.prove.workspace import project_of
from heapwise.render import proof as render
from heapwise.views.advise import advise
from heapwise.views.proof import below, keep_change, named, task_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="CODE [FILE] | COMMAND",
        help="a finding, or with --patch a command",
    )
    parser.add_argument("--patch", type=Path, metavar="FILE", help="a unified diff")
    parser.add_argument("--before", metavar="COMMAND", help="compare two commands: this one")
    parser.add_argument("--after", metavar="COMMAND", help="with this one")
    parser.add_argument("--root", type=Path, help="the folder to copy (default: the project)")
    parser.add_argument("--test", default="", metavar="COMMAND", help="must succeed in both")
    parser.add_argument(
        "--same", action="append", default=[], metavar="FILE", help="an output file that must be the same"
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--keep", action="store_true", help="when it is proved, make the change")
    add_document(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows what trying it showed; 0 when it is proved."""
    if options.rounds < 1:
        raise UsageError("--rounds must be 1 or more")
    # So that copies are removed, and what runs in them ended.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    task, predicted = _task(options)
    task = replace(task, test=options.test, outputs=options.same)
    found = prove(task, rounds=options.rounds, say=say)
    if wants_document(options):
        shown = render.document(found, shlex.join(task.command))
    else:
        shown = "\n".join(render.lines(found, predicted)) + "\n"
    write_bytes(shown.encode(), options.output)
    if options.keep and task.patches:
        if found.verdict == PROVED:
            keep_change(task, say)
        else:
            say("nothing was changed")
    return 0 if found.verdict == PROVED else 1


def _task(options: argparse.Namespace) -> tuple[Task, int]:
    """(what is to be tried, what the finding says it saves)."""
    here = Path.cwd()
    if options.before or options.after:
        if not (options.before and options.after) or options.words or options.patch:
            raise UsageError("two commands go together, alone", "--before COMMAND --after COMMAND")
        first, second = _command(shlex.split(options.before)), _command(shlex.split(options.after))
        return Task(first, here, options.root or project_of(here), instead=second), 0
    if options.patch:
        try:
            text = options.patch.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise CannotProveError(f"{options.patch} cannot be read: {error}") from None
        if not options.words:
            return task_of(Recording.open(store.latest()).meta, text, options.root), 0
        root = options.root or project_of(here)
        return Task(_command(options.words), here, root, below(root, parse(text))), 0
    if not options.words or len(options.words) > 2:
        raise UsageError(
            "there is nothing to prove", "name a finding, --patch FILE, or --before and --after"
        )
    file = Path(options.words[1]) if len(options.words) > 1 else None
    snapshot, recording = run_of(file)
    finding = named(advise(snapshot, recording, least=0).findings, options.words[0])
    meta = recording.meta if recording is not None else {}
    return task_of(meta, finding.patch, options.root), finding.saving_bytes


def _command(words: list[str]) -> list[str]:
    """A command; `python` is the interpreter that runs Heapwise, a script's name is run by it."""
    if not words:
        raise UsageError("the command is empty")
    if words[0] in ("python", "python3"):
        return [sys.executable, *words[1:]]
    if words[0].endswith(".py"):
        return [sys.executable, *words]
    if shutil.which(words[0]) is None:
        raise CannotProveError(f"there is no command {words[0]!r}")
    return words
