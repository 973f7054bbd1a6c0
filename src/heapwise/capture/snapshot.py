"""A snapshot of the heap from within a program: `heapwise.snapshot("heap.hw")`."""

from __future__ import annotations

import os

from heapwise.capture import metadata
from heapwise.capture.core import check_target, native
from heapwise.errors import CannotRecordError, NotWritableError

# ENOMEM and ESHUTDOWN of Linux; the module errno is not worth an import into the target.
_NO_MEMORY, _ENDING = 12, 108


def snapshot(path: str | os.PathLike[str], *, in_place: bool = False, values: bool = False) -> str:
    """Writes the heap as a graph; returns the file's absolute path.

    A forked child walks and writes it, so that the program stands still for the fork alone (the calling
    thread waits for the file). in_place: this process does it itself, and stands still meanwhile.
    Nothing is collected, nothing is kept, no code of the program runs. values: the file shows the
    beginnings of strings and the values of numbers, too (names, keys and sizes it shows always).

    Only a file of Heapwise is overwritten.

    Raises NotWritableError, or CannotRecordError when there is no memory, the walk crashed, or the
    interpreter is ending.
    """
    place = check_target(os.fspath(path))
    write(place, facts(), in_place=in_place, values=values)
    return place


def write(place: str, facts: bytes, *, in_place: bool = False, values: bool = False) -> None:
    """The same without a look at the place, for those who take many: `facts` are those of this process."""
    error, _ = native().snapshot(place, facts, in_place, values)
    if error == -1:
        raise CannotRecordError(
            "the walk over the heap crashed (in a child: the program goes on)",
            "an extension's tp_traverse may be broken; `heapwise doctor` tells more",
        )
    if error == _ENDING:
        raise CannotRecordError(
            "the interpreter is ending; there is no whole heap any more",
            "take the snapshot earlier, at the latest in a function that atexit calls",
        )
    if error == _NO_MEMORY:
        raise CannotRecordError("there is no memory for a snapshot")
    if error:
        raise NotWritableError(f"{place} cannot be written: {os.strerror(error)}")


def facts() -> bytes:
    """The `meta` table of a snapshot of this process."""
    return metadata.describe(
        mode="snapshot",
        interval_bytes=0,
        cgroup_limit_bytes=metadata.control_group()[1],
        run_id="",
        role="",
        kind="snapshot",
    )
