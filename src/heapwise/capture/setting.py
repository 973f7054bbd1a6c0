"""A program is tried with a setting: HEAPWISE_CAPTURE_SETTING, by `heapwise advise --prove` and `rss --try`.

`threshold=N`: the collector's first threshold. `freeze`: each fork happens with all objects frozen, after a
collection. `trim=pools`, `trim=heap`: free memory is given back whenever the signal comes that whoever tries it sends.
The file `heapwise.pth` beside the package imports this module if the variable is set. Nothing is recorded.
"""

from __future__ import annotations

import gc
import os
import signal

from heapwise.model.mark import SETTING


def begin() -> None:
    """Makes the setting that the environment names; an unknown one is none."""
    kind, _, value = os.environ.get(SETTING, "").partition("=")
    if kind == "threshold" and value.isdigit():
        gc.set_threshold(int(value), *gc.get_threshold()[1:])
    elif kind == "freeze":
        os.register_at_fork(before=_freeze)
    elif kind == "trim" and value in ("pools", "heap"):
        signal.signal(signal.SIGUSR2, lambda *_: _trim(value))


def _trim(what: str) -> None:
    from heapwise.capture.trim import trim

    try:
        trim(pools=what == "pools", heap=what == "heap")
    except Exception:
        signal.signal(
            signal.SIGUSR2, signal.SIG_IGN
        )  # nothing to try here, and none of the program's business


def _freeze() -> None:
    """What was frozen at an earlier fork stays so: a parent that looked at it again would copy it."""
    gc.collect()
    gc.freeze()


begin()
