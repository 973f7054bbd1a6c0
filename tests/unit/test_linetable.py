"""Every position of every function of a few large modules: our decoder against the interpreter's."""

from __future__ import annotations

import argparse
import asyncio.base_events
import dataclasses
import inspect
import types
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heapwise.model import linetable


def codes(code: types.CodeType) -> list[types.CodeType]:
    found, waiting = [], [code]
    while waiting:
        found.append(waiting.pop())
        waiting += [const for const in found[-1].co_consts if isinstance(const, types.CodeType)]
    return found


@pytest.mark.parametrize("module", [argparse, asyncio.base_events, dataclasses, inspect, typing])
def test_decodes_as_the_interpreter_does(module: types.ModuleType) -> None:
    source = inspect.getsource(module)
    checked = 0
    for code in codes(compile(source, module.__file__ or "", "exec")):
        table = linetable.decode(
            code.co_firstlineno.to_bytes(4, "little", signed=True) + code.co_linetable
        )
        for start, end, line in code.co_lines():
            for position in (start // 2, end // 2 - 1):
                assert table.line_at(position) == (line or code.co_firstlineno)
                checked += 1
    assert checked > 1000


@given(st.binary(max_size=200))
def test_any_bytes_decode_to_something(blob: bytes) -> None:
    table = linetable.decode(blob)
    assert isinstance(table.line_at(0), int)
    assert len(table.starts) == len(table.lines)
