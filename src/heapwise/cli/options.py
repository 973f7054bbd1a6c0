"""Options that more than one verb takes, and what the environment says about colour."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from heapwise import units
from heapwise.errors import NotWritableError, UsageError

FORMATS = ("text", "html", "json", "md", "csv")
_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "md",
    ".csv": "csv",
    ".txt": "text",
}


def add_file(parser: argparse.ArgumentParser) -> None:
    """The recording; the newest when none is named."""
    parser.add_argument("file", nargs="?", type=Path, help="a recording (default: the newest)")


def add_process(parser: argparse.ArgumentParser) -> None:
    """Which process of the run."""
    parser.add_argument(
        "--process", default="all", metavar="all|main|PID", help="which process (default: all)"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where the answer goes."""
    parser.add_argument("-o", "--output", type=Path, help="write to a file instead of stdout")


def add_document(parser: argparse.ArgumentParser) -> None:
    """Text or JSON, and where it goes: for verbs that have these two forms."""
    parser.add_argument("--json", action="store_true", help="a document, not text")
    add_output(parser)


def add_format(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """One of several forms, and where it goes."""
    parser.add_argument("--format", choices=formats, help="default: by the ending of -o, else text")
    parser.add_argument(
        "--json", action="store_const", dest="format", const="json", help="as --format json"
    )
    add_output(parser)


def wants_document(options: argparse.Namespace) -> bool:
    """Whether --json, or the ending of -o, asks for JSON."""
    return bool(options.json or (options.output is not None and options.output.suffix == ".json"))


def say(words: str) -> None:
    """What is being done, on stderr."""
    print(f"heapwise: {words}", file=sys.stderr)


def terminal_columns() -> int:
    """How wide text may be."""
    return shutil.get_terminal_size((100, 40)).columns


def size(text: str) -> int:
    """An option's size, as 256KiB."""
    try:
        value = units.parse_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if value <= 0:
        raise argparse.ArgumentTypeError("the size must be positive")
    return value


def choose_format(wanted: str | None, output: Path | None) -> str:
    """--format, or what the ending of -o says, or text."""
    if wanted:
        return wanted
    if output is None:
        return "text"
    try:
        return _ENDINGS[output.suffix.lower()]
    except KeyError:
        raise UsageError(
            f"the ending of {output} names no format", f"add --format {'|'.join(FORMATS)}"
        ) from None


def use_color(stream: IO[str]) -> bool:
    """Whether to colour what goes to a stream: NO_COLOR, FORCE_COLOR, TERM=dumb, then isatty."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def write_bytes(data: bytes, output: Path | None) -> None:
    """To a file (and stderr says so), or to stdout; a reader that has gone away is no error.
    NotWritableError."""
    if output is not None and str(output) != "-":
        try:
            output.write_bytes(data)
        except OSError as error:
            raise NotWritableError(f"{output} cannot be written: {error.strerror}") from None
        print(f"heapwise: wrote {output}", file=sys.stderr)
        return
    if sys.stdout is None:  # closed by whoever started us
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
