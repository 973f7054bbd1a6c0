"""The recordings of one run: the main process's and those that its child processes wrote beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from heapwise.errors import HeapwiseError, UsageError
from heapwise.model import store
from heapwise.model.merged import merge
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

MOST_MERGED = 48
"""Of more processes, those with the largest peaks are added up."""


@dataclass(frozen=True)
class Family:
    """main: the recording that was asked for. children: those of its run, by process number.
    unreadable: why a child's file was left out. unrecorded_count: processes without a file."""

    main: Recording
    children: Sequence[Recording] = ()
    unreadable: Sequence[str] = ()
    unrecorded_count: int = 0

    @cached_property
    def merged(self) -> Recording:
        """All processes as one recording: see `merge`."""
        if not self.children:
            return self.main
        largest = sorted(self.children, key=lambda r: (-r.summary.peak_bytes, str(r.path)))
        return merge([self.main, *largest[: MOST_MERGED - 1]])

    @property
    def left_out_count(self) -> int:
        """How many recordings `merged` leaves out."""
        return max(0, len(self.children) + 1 - MOST_MERGED)

    def process(self, wanted: str) -> Recording:
        """`all`, `main` or a process number. UsageError when there is no such process."""
        if wanted == "all":
            return self.merged
        members = [self.main, *self.children]
        if wanted == "main":
            return self.main
        found = [r for r in members if str(r.meta.get("pid")) == wanted]
        if not found:
            known = ", ".join(str(r.meta.get("pid")) for r in members[:8])
            raise UsageError(f"no process {wanted} was recorded", f"all, main, or one of {known}")
        return found[-1]


def remove_children(path: Path) -> None:
    """Removes the recordings of the child processes of the run that a recording is of, so that another
    run can take its place. Files of other runs stay, whatever their names."""
    try:
        family = open_family(path)
    except HeapwiseError:
        return
    store.remove(path, [child.path for child in family.children])


def open_family(path: Path) -> Family:
    """Opens a recording and those of its child processes. Raises what `Recording.open` raises for
    the recording itself; a child's file that cannot be read is left out and named."""
    main = Recording.open(path)
    run_id = main.meta.get("run_id")
    children, unreadable = [], []
    for child in store.children_of(path):
        try:
            found = Recording.open(child)
        except HeapwiseError as error:
            unreadable.append(str(error))
            continue
        if found.meta.get("run_id") == run_id:
            children.append(found)
    return Family(main, children, unreadable, store.unrecorded_count(path))


def own_snapshots(recording: Recording) -> list[Snapshot]:
    """The snapshots that the process of a recording left beside it, the oldest first; not those of its
    children. Files that cannot be read are left out."""
    found = []
    for path in store.snapshots_of(recording.path):
        try:
            snapshot = Snapshot.open(path)
        except HeapwiseError:
            continue
        if snapshot.meta.get("pid") == recording.meta.get("pid"):
            found.append(snapshot)
    return sorted(found, key=lambda snapshot: snapshot.figure("taken_ns"))
