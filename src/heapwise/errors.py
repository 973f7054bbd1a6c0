"""Errors with an address: each has a slug, a cause, and what mends it.

`heapwise explain SLUG` prints the page of an error: the docstring of its class.
"""

from __future__ import annotations

import traceback
import warnings


class HeapwiseError(Exception):
    """Something that Heapwise was asked for cannot be done.

    slug: names the page that `heapwise explain` shows.
    cause: what happened, in one clause.
    mend: what to do about it, in one clause; may be empty.
    """

    slug = "error"

    def __init__(self, cause: str, mend: str = "") -> None:
        super().__init__(cause if not mend else f"{cause}; {mend}")
        self.cause = cause
        self.mend = mend


class RuleFailedWarning(RuntimeWarning):
    """A rule failed on what it was asked about, and says nothing of it; the others were asked all the same."""


def warn_of_failed_rule(code: str, error: Exception) -> None:
    """Says that a rule failed, and where, so that it can be reported."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{at.filename.rpartition('/')[2]}:{at.lineno}"
    told = f"{type(error).__name__}: {error}, {where}"
    message = f"{code} failed ({told}) and says nothing here; please report this"
    warnings.warn(RuleFailedWarning(message), stacklevel=3)


class UsageError(HeapwiseError):
    """The command line asks for something that does not exist or does not fit.

    What to do: `heapwise VERB --help` lists what a verb takes.
    """

    slug = "usage"


class MissingFileError(HeapwiseError):
    """A file that was named, or the newest recording, is not there.

    What to do: record one with `heapwise run SCRIPT`, or name the file.
    """

    slug = "missing-file"


class NotARecordingError(HeapwiseError):
    """The file is none of ours: it does not begin with the mark that every Heapwise file bears.

    What to do: name a file that `heapwise run` or `heapwise.record` wrote (their names end in `.hw`).
    """

    slug = "not-a-recording"


class MissingExtraError(HeapwiseError):
    """What was asked for needs a library that is not installed.

    What to do: install the extra that the message names, for example `pip install 'heapwise[sql]'`.
    """

    slug = "missing-extra"


class NotASnapshotError(HeapwiseError):
    """The file is not a snapshot of Heapwise.

    What to do: name a file that `heapwise.snapshot()` or `heapwise run --snapshot` wrote. A recording
    answers other questions: see `heapwise report`.
    """

    slug = "not-a-snapshot"


class DamagedFileError(HeapwiseError):
    """The file is ours, but it was cut or altered after it was written.

    Every column of a file bears a checksum. A file that was cut is read as far as it goes; when what
    is left does not suffice, or what is there was altered, this error says where.

    What to do: record again. A recording is written beside the old one and renamed over it, so that
    a program that is killed leaves a whole file; damage comes from copying or from the disk.
    """

    slug = "damaged-file"


class NewerFormatError(HeapwiseError):
    """The file was written by a newer Heapwise than this one.

    Every older format stays readable; a newer one cannot be guessed.

    What to do: upgrade Heapwise where the report is made.
    """

    slug = "newer-format"


class NothingRecordedError(HeapwiseError):
    """The recording is whole and empty: nothing was allocated while it ran, or all was left out.

    What to do: check the filters (`--module`, `--limit`), and that the scope encloses the work.
    """

    slug = "nothing-recorded"


class NotWritableError(HeapwiseError):
    """A recording or a report cannot be written where it should go.

    An explicit `-o` overwrites a file of ours, and refuses to overwrite any other.

    What to do: name another place with `-o`, make room on the disk, or remove the file yourself.
    """

    slug = "not-writable"


class CannotRecordError(HeapwiseError):
    """The recorder could not start.

    Heapwise records on Linux (x86-64 and aarch64) with CPython 3.11 to 3.14, builds with the GIL.
    The native core must be built for the interpreter that runs the program.

    What to do: `heapwise doctor` lists what is missing.
    """

    slug = "cannot-record"


class CannotMendError(HeapwiseError):
    """A change could not be made in a file, which stays as it is.

    What to do: make the change by hand; the message tells what was in the way.
    """

    slug = "cannot-mend"


class CannotProveError(HeapwiseError):
    """A change could not be tried.

    A copy of the project is made, the change is applied to it, and the program's own command is run in the original's
    and in the changed copy.

    What to do: the message says what was in the way: a patch that does not fit the files as they are, a project too
    large to copy (name a part of it with --root), a command that cannot be started.
    """

    slug = "cannot-prove"


class TooManyScopesError(HeapwiseError):
    """More recording scopes are open in this process than the recorder has room for (16).

    What to do: stop scopes that are no longer needed.
    """

    slug = "too-many-scopes"


class ConfigurationError(HeapwiseError):
    """A key in `[tool.heapwise]`, or a `HEAPWISE_*` variable, is unknown or has an unfit value.

    What to do: the message names the nearest known key.
    """

    slug = "configuration"


def all_errors() -> dict[str, type[HeapwiseError]]:
    """Slug -> error class, for `heapwise explain`."""
    known: dict[str, type[HeapwiseError]] = {}
    waiting = HeapwiseError.__subclasses__()
    while waiting:
        error = waiting.pop()
        known[error.slug] = error
        waiting.extend(error.__subclasses__())
    return dict(sorted(known.items()))
