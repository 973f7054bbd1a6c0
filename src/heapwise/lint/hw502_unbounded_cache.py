"""HW502: a cache without a bound over arguments without a bound.

`functools.cache` and `lru_cache(maxsize=None)` keep every result for ever. That is right for few arguments, and a
leak for texts, identities, arrays, or whatever comes from outside.

What to do: `lru_cache(maxsize=...)` (done by `--fix --unsafe`, with 1024). Costs: what was dropped is worked out again.
Clean: bounded caches; functions without parameters; parameters that take few values (bool, classes, literals,
enumerations).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from heapwise.lint.caches import is_unbounded
from heapwise.lint.effects import is_quiet
from heapwise.lint.rule import Edit, Hit, edit, hit
from heapwise.lint.source import FunctionNode, Source, parameters

CODE = "HW502"
TITLE = "cache without a bound"
NEEDS = ("cache",)
OPEN_NAMES = re.compile(
    r"(^|_)(text|query|url|uri|prompt|message|user|users|uid|id|ids|data|array|df|frame|content|body|line|"
    r"string|payload|request|req|token|email|address|ip|host|hash|sql|html|json|document|doc|image|record|row)$"
)
_OPEN_KINDS = re.compile(
    r"bytes|ndarray|DataFrame|Series|Tensor|float|Decimal|datetime|UUID|Request"
)
_FEW_KINDS = re.compile(r"^(bool|type|type\[.*\]|Literal\[.*\]|typing\.Literal\[.*\]|None)$")


def look(source: Source) -> Iterator[Hit]:
    """Functions whose parameters say that anything may come."""
    for function in source.functions:
        for decorator in function.decorator_list:
            if not is_unbounded(source, decorator) or f"{function.name}.cache_clear" in source.text:
                continue
            taken = [each for each in parameters(function) if each.arg not in ("self", "cls")]
            if not taken or all(_few(each) for each in taken):
                continue
            wide = [each.arg for each in taken if _is_open(each)]
            yield hit(
                source, decorator, CODE, TITLE,
                f"{function.name} keeps a result for each {wide[0] if wide else taken[0].arg} it ever saw",
                fix="@functools.lru_cache(maxsize=1024)", sized=not wide,
                edits=_edits(source, function, decorator),
            )  # fmt: skip


def _is_open(parameter: ast.arg) -> bool:
    kind = ast.unparse(parameter.annotation) if parameter.annotation else ""
    named = OPEN_NAMES.search(parameter.arg) or _OPEN_KINDS.search(kind)
    return bool(named) and not _few(parameter)


def _few(parameter: ast.arg) -> bool:
    return parameter.annotation is not None and bool(
        _FEW_KINDS.match(ast.unparse(parameter.annotation))
    )


def _edits(source: Source, function: FunctionNode, decorator: ast.expr) -> tuple[Edit, ...]:
    if isinstance(decorator, ast.Call) and len(decorator.args) + len(decorator.keywords) > 1:
        return ()  # typed=True has a meaning
    # What is thrown out is made anew: nobody must see that, and a recursion may need it all.
    words = ("cache_info", "cache_parameters")
    called = {source.dotted(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)}
    if (
        any(word in source.text for word in words)
        or function.name in called
        or not is_quiet(source, function)
    ):
        return ()
    return (edit(source, decorator, _bounded, "functools", kind=type(decorator).__name__),)


def _bounded(node: Any) -> Any:
    import libcst as cst

    del node
    return cst.parse_expression("functools.lru_cache(maxsize=1024)")
