"""Recording a part of a program from within: `with heapwise.record("out.hw") as rec: ...`."""

from __future__ import annotations

import gc
import os

from heapwise.capture import metadata
from heapwise.capture.core import DEFAULT_INTERVAL_BYTES, check_target, native, start_error
from heapwise.errors import HeapwiseError, NotWritableError

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from types import TracebackType


class Usage:
    """Live figures of a scope. Sizes in bytes, times in seconds.

    own_bytes and own_s are what Heapwise itself used: its tables, and its time (estimated from one
    event in 1024) with its ticker's CPU time.
    """

    __slots__ = (
        "allocations_count", "duration_s", "in_use_bytes", "own_bytes", "own_s", "peak_bytes",
        "peak_rss_bytes", "rss_bytes", "total_bytes",
    )  # fmt: skip

    def __init__(self, figures: dict[str, float]) -> None:
        self.in_use_bytes = round(figures["in_use_bytes"])
        self.peak_bytes = round(figures["peak_bytes"])
        self.total_bytes = round(figures["total_bytes"])
        self.allocations_count = round(figures["allocations_count"])
        self.rss_bytes = round(figures["rss_bytes"])
        self.peak_rss_bytes = round(figures["peak_rss_bytes"])
        self.duration_s = figures["duration_ms"] / 1000
        self.own_bytes = round(figures["own_bytes"])
        self.own_s = figures["own_ns"] / 1e9

    def __repr__(self) -> str:
        return f"Usage({', '.join(f'{name}={getattr(self, name)}' for name in self.__slots__)})"


class record:  # noqa: N801 - used like a function, as open() is
    """Records what is allocated between start and stop.

    path: where the recording goes; None keeps figures in memory only (see `usage`).
    sample: None records every allocation; a number of bytes is the mean interval between samples
        of a Poisson sample; True stands for 256 KiB.
    native: frames of extensions and libraries are part of the stacks of what they allocate. The scope
        that begins first decides.

    Scopes may nest and overlap, up to 16 at a time. The scope that begins first owns the process's
    figures; any other measures what lies above the level at its entry: bytes that it freed without
    having allocated them count against it.

    While a scope runs, further ones record in its mode, exact or sampled.

    Raises NotWritableError, TooManyScopesError or CannotRecordError on start. A
    recording that cannot be written any more (full disk) does not disturb the program: the file
    keeps its last state, and `stop` raises NotWritableError, unless the program is already raising.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        sample: int | bool | None = None,
        native: bool = False,
    ) -> None:
        self.path = None if path is None else os.path.abspath(os.fspath(path))
        self.interval_bytes = DEFAULT_INTERVAL_BYTES if sample is True else int(sample or 0)
        if self.interval_bytes < 0:
            raise ValueError("sample must be a positive number of bytes")
        self.native = native
        self._scope = -1
        self._facts = b""

    def start(self) -> record:
        """Begins the scope; returns self. RuntimeError if it is running."""
        self._begin(role="scope", run_id="")
        return self

    def stop(self) -> None:
        """Ends the scope and writes its file. RuntimeError if it is not running."""
        if self._scope < 0:
            raise RuntimeError("this scope is not running")
        scope, self._scope = self._scope, -1
        errno = native().stop(scope)
        stop_listening()
        if errno:
            raise NotWritableError(
                f"{self.path} cannot be written: {os.strerror(errno)}",
                "it holds the last state that could be",
            )

    def usage(self) -> Usage:
        """The figures of the scope right now. RuntimeError if it is not running."""
        if self._scope < 0:
            raise RuntimeError("this scope is not running")
        return Usage(native().usage(self._scope))

    @property
    def running(self) -> bool:
        """Whether the scope is between start and stop."""
        return self._scope >= 0

    def __enter__(self) -> record:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._scope < 0:
            return
        try:
            self.stop()
        except HeapwiseError:
            if error is None:
                raise

    def _begin(self, *, role: str, run_id: str) -> None:
        if self._scope >= 0:
            raise RuntimeError("this scope is running already")
        if self.path is not None:
            self.path = check_target(self.path)
        core = native()
        cgroup_file, limit = metadata.control_group()
        facts = metadata.describe(
            mode="sampled" if self.interval_bytes else "exact",
            interval_bytes=self.interval_bytes,
            cgroup_limit_bytes=limit,
            run_id=run_id,
            role=role,
        )
        self._facts = facts
        listen()
        scope, errno = core.start(
            sampled=self.interval_bytes > 0,
            mean_bytes=float(self.interval_bytes or DEFAULT_INTERVAL_BYTES),
            path=self.path or "",
            metadata=facts,
            cgroup_file=cgroup_file,
            native_stacks=self.native,
        )
        if scope < 0:
            stop_listening()
            raise start_error(scope, errno, self.path or "the recording")
        self._scope = scope


def listen() -> None:
    """The collector tells of its runs from now on. Called before a scope begins: what this itself
    allocates is none of the scope's."""
    core = native()
    # By identity: comparing would run the code of other callbacks.
    if not any(each is core.collector_event for each in gc.callbacks):
        gc.callbacks.append(core.collector_event)


def stop_listening() -> None:
    """It no longer does, once nothing is recorded."""
    core = native()
    if core.recording():
        return
    for place, each in enumerate(gc.callbacks):
        if each is core.collector_event:
            del gc.callbacks[place]
            return
