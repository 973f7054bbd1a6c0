"""When `heapwise run --snapshot` takes snapshots: at the end, near the peak, each interval, on a signal.

Files stand beside the recording: `run.snapshot.hw` (end), `run.peak.snapshot.hw`, `run.1.snapshot.hw` ...
(interval), `run.signal-1.snapshot.hw` ...
"""

from __future__ import annotations

import sys

from heapwise.capture import trim
from heapwise.capture.core import native

SUFFIX = ".snapshot.hw"
DEFAULT_SIGNAL = "USR2"

_stem = ""
_signals_count = 0
_values = False


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


def disarm() -> None:
    """No more snapshots; waits for one that is being written."""
    native().snapshot_when("off", 0, "", b"")


def at_end(spec: str) -> None:
    """The snapshot of the end, where it is wanted."""
    if "end" in parse(spec):
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
