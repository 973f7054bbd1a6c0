"""The native algorithms on graphs, and their answers as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def native_graph() -> Any:
    """The native module: its functions graph_..., tree_..., and those on columns."""
    from heapwise import _native

    return _native


def u4(values: bytes) -> Sequence[int]:
    """An answer as a column of 32-bit numbers."""
    return memoryview(values).cast("I")


def u8(values: bytes) -> Sequence[int]:
    """An answer as a column of 64-bit numbers."""
    return memoryview(values).cast("Q")
