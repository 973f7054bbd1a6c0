"""A function with something around each of its runs: plain, coroutine or generator alike."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
Call = tuple[Callable[[], AbstractContextManager[Any]], Callable[[], object]]
"""Of one call: what to enter around its run (of a generator: around each step), and what to do after
it has returned."""


def wrap(func: Function, begin: Callable[[], Call]) -> Function:
    """The function, with `begin()` asked at each of its calls."""
    if isinstance(func, (classmethod, staticmethod)):
        return cast(Function, type(func)(wrap(func.__func__, begin)))
    if inspect.iscoroutinefunction(func):
        made: Callable[..., Any] = _coroutine(func, begin)
    elif inspect.isgeneratorfunction(func):
        made = _generator(func, begin)
    else:
        made = _plain(func, begin)
    return cast(Function, functools.wraps(func)(made))


def _plain(func: Callable[..., Any], begin: Callable[[], Call]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        step, finish = begin()
        with step():
            value = func(*args, **kwargs)
        finish()
        return value

    return wrapper


def _coroutine(func: Callable[..., Any], begin: Callable[[], Call]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        step, finish = begin()
        with step():
            value = await func(*args, **kwargs)
        finish()
        return value

    return wrapper


def _generator(func: Callable[..., Any], begin: Callable[[], Call]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        step, finish = begin()
        generator = func(*args, **kwargs)
        resume, value = generator.send, None
        while True:
            try:
                with step():
                    item = resume(value)
            except StopIteration as stop:
                finish()
                return stop.value
            try:
                value = yield item
                resume = generator.send
            except GeneratorExit:
                generator.close()
                raise
            except BaseException as error:
                resume, value = generator.throw, error

    return wrapper
