"""The way to the native core: loads it, tests it once, and turns its status codes into errors."""

from __future__ import annotations

import os

from heapwise.errors import (
    CannotRecordError,
    HeapwiseError,
    NotWritableError,
    TooManyScopesError,
)
from heapwise.model.mark import is_ours

DEFAULT_INTERVAL_BYTES = 256 * 1024

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from typing import Any

_native: Any = None


def _self_test(native: Any, depth: int) -> str:
    return str(native.self_test()) if depth == 0 else _self_test(native, depth - 1)


def native() -> Any:
    """The native module; CannotRecordError when it is not built for this interpreter.

    At first use it reads this very stack by the interpreter's structures and compares it with the
    frame API. Where they differ, stacks are read by the API from then on: slower, never wrong.
    """
    global _native
    if _native is None:
        try:
            from heapwise import _native as module
        except ImportError as error:
            raise CannotRecordError(
                f"the native core does not load in this interpreter ({error})",
                "install Heapwise for it; `heapwise doctor` tells more",
            ) from None
        core: Any = module
        wanted = os.environ.get("HEAPWISE_CAPTURE_WALK", "")
        if wanted in ("full", "public", "checked"):
            core.set_walk(wanted)
        elif _self_test(core, 3) or next(_self_test(core, 3) for _ in range(1)):
            core.set_walk("public")
        _native = core
    return _native


def check_target(path: str) -> str:
    """Where a file of ours may be written: links are followed, and nothing is overwritten that is not
    ours. NotWritableError; ValueError when it is no path."""
    place = os.path.realpath(path)
    if os.path.lexists(place) and not (os.path.isfile(place) and is_ours(place)):
        raise NotWritableError(
            f"{place} exists and is no file of Heapwise", "name another, or remove it yourself"
        )
    return place


def start_error(code: int, errno: int, path: str) -> HeapwiseError:
    """The error that a negative result of `start` stands for (session.hpp, StartError)."""
    if code == -2:
        return TooManyScopesError("too many recording scopes are open in this process")
    if code == -4:
        return NotWritableError(f"{path} cannot be written: {os.strerror(errno)}")
    return CannotRecordError("the kernel gave the recorder no memory or no thread")
