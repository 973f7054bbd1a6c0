"""What is said of a call that needs many times what it gives."""

from __future__ import annotations

import ast
from typing import NamedTuple

from heapwise.lint.rule import Saves


class Heavy(NamedTuple):
    """node: where it stands; also: lines whose bytes count, too; bodies: those whose calls' do; user: the
    function of a library that allocates them."""

    node: ast.expr
    says: str
    fix: str
    saves: Saves
    also: tuple[int, ...] = ()
    bodies: tuple[tuple[int, int], ...] = ()
    user: str = ""
