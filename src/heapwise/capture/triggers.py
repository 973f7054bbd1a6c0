"""When `heapwise run --snapshot` takes snapshots: at the end, near the peak, each interval, on a signal.

The end is where the main thread has ended, before functions run that the program gave to atexit, and before threads of
pools are joined that have nothing to do: what these keep or free is part of the program. Where other threads go on, it
is after them, and after atexit.

Files stand beside the recording: `run.snapshot.hw` (end), `run.peak.snapshot.hw`, `run.1.snapshot.hw` ...
(interval), `run.signal-1.snapshot.hw` ...
"""

from __future__ import annotations

import os
import sys

from heapwise.capture import trim
from heapwise.capture.core import native

TYPE_CHECKING = False
if TYPE_CHECKING:
    import types
    from collections.abc import Callable

SUFFIX = ".snapshot.hw"
DEFAULT_SIGNAL = "USR2"

_stem = ""
_signals_count = 0
_values = False
_ended = _watches = False
_POOL = (os.path.join("concurrent", "futures", "thread.py"), "_worker")
"""Where a thread of a pool waits for work."""
_MOMENT_S = 0.005


def parse(spec: str) -> dict[str, str]:
    """`end,every=30000,signal=USR2` -> {"end": "", "every": "30000", "signal": "USR2"}."""
    words = [word.partition("=") for word in spec.split(",") if word]
    return {word: value for word, _, value in words}


def arm(spec: str, path: str) -> None:
    """Sets what is wanted for the recording at `path`; of a forked child, anew."""
    global _stem, _values
    _stem = path.removesuffix(".hw")
    wanted = parse(spec)
    _values = "values" in wanted
    kind = "every" if "every" in wanted else "peak" if "peak" in wanted else "off"
    interval_ms = int(wanted.get("every") or 0)
    if kind != "off":
        from heapwise.capture.snapshot import facts

        native().snapshot_when(kind, interval_ms, _stem, facts(), _values)
    if "signal" in wanted:
        import signal

        number = getattr(signal, "SIG" + (wanted["signal"] or DEFAULT_SIGNAL))
        signal.signal(number, on_signal)
    if "end" in wanted and not _watches:
        _look_before_the_exit(os.getpid())


def _look_before_the_exit(pid: int) -> None:
    """The snapshot of the end is taken when the interpreter begins to join threads, if none has still work to do. Of
    the process alone that arms it first: what is forked ends in ways of its own."""
    global _watches
    import threading

    _watches = True
    join: Callable[[], None] = threading._shutdown  # type: ignore[attr-defined]

    def shutdown() -> None:
        global _ended
        try:
            if os.getpid() == pid and not _ended and _nobody_works():
                disarm("end")
                take("")
                _ended = True
        except Exception as error:
            print(f"heapwise: {error}", file=sys.stderr)
        join()

    threading._shutdown = shutdown  # type: ignore[attr-defined]


def _nobody_works() -> bool:
    """Whether each thread that is to be joined is one of a pool that has nothing to do, now and a moment later."""
    import threading
    import time

    pools = sys.modules.get("concurrent.futures.thread")
    for moment in range(2):
        frames = sys._current_frames()
        left = [
            each for each in threading.enumerate()
            if each is not threading.main_thread() and not each.daemon and each.ident in frames
        ]  # fmt: skip
        if not left:
            return True
        codes = [frames[each.ident].f_code for each in left if each.ident is not None]
        queues = list(pools._threads_queues.values()) if pools is not None else []
        if not all(_waits(code) for code in codes) or any(each.qsize() for each in queues):
            return False
        if not moment:
            time.sleep(_MOMENT_S)  # who has taken work begins with it
    return True


def _waits(code: types.CodeType) -> bool:
    return code.co_name == _POOL[1] and code.co_filename.endswith(_POOL[0])


def disarm(spec: str) -> None:
    """No more snapshots; waits for one that is being written. Where the end is not wanted, and more is there than at
    the last look, it is the peak, and looked at first."""
    native().snapshot_when("off" if "end" in parse(spec) else "last", 0, "", b"")


def at_end(spec: str) -> None:
    """The snapshot of the end, where it is wanted and has not been taken."""
    if "end" in parse(spec) and not _ended:
        take("")


def on_signal(number: int, frame: object) -> None:
    """The handler of the signal."""
    global _signals_count
    try:
        if trim.answer(_stem):
            return
        _signals_count += 1
        take(f".signal-{_signals_count}")
    except Exception as error:
        print(f"heapwise: {error}", file=sys.stderr)


def take(name: str) -> None:
    """A snapshot now, beside the recording."""
    from heapwise.capture.snapshot import snapshot

    snapshot(_stem + name + SUFFIX, values=_values)
