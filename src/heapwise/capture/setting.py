"""A program is tried with a setting of the collector: HEAPWISE_CAPTURE_SETTING, as `heapwise advise --prove` has it.

`threshold=N`: the first threshold. `freeze`: each fork happens with all objects frozen, after a collection. The file
`heapwise.pth` beside the package imports this module if the variable is set. Nothing is recorded.
"""

from __future__ import annotations

import gc
import os

from heapwise.model.mark import SETTING


def begin() -> None:
    """Makes the setting that the environment names; an unknown one is none."""
    kind, _, value = os.environ.get(SETTING, "").partition("=")
    if kind == "threshold" and value.isdigit():
        gc.set_threshold(int(value), *gc.get_threshold()[1:])
    elif kind == "freeze":
        os.register_at_fork(before=_freeze)


def _freeze() -> None:
    """What was frozen at an earlier fork stays so: a parent that looked at it again would copy it."""
    gc.collect()
    gc.freeze()


begin()
