"""Answers that are asked for several times of one snapshot or recording."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Answer = TypeVar("Answer")


def remembered(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The function, asked once for each of its arguments, one or two that live on: an answer goes with the first of
    them, and must not lead to either."""
    known: WeakKeyDictionary[Any, WeakKeyDictionary[Any, Answer]] = WeakKeyDictionary()

    @wraps(function)
    def asked(*arguments: Any) -> Answer:
        of_first = known.setdefault(arguments[0], WeakKeyDictionary())
        if arguments[-1] not in of_first:
            of_first[arguments[-1]] = function(*arguments)
        return of_first[arguments[-1]]

    return asked
