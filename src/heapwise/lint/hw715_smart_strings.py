"""HW715: a text that lxml found keeps the whole document.

`element.xpath("//name/text()")` gives strings that know their element, and it the tree: keep one, and megabytes stay.

What to do: `xpath(..., smart_strings=False)` (done by `--fix --unsafe`), or `str(text)`. Clean: texts that soon go.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW715"
TITLE = "a text keeps its document"
NEEDS = ("lxml",)
_SMART = (
    "getparent",
    "is_attribute",
    "is_text",
    "is_tail",
    "attrname",
    "parsel",
    "scrapy",
    "selenium",
)
_PARSERS = ("fromstring", "parse", "XML", "HTML")


def look(source: Source) -> Iterator[Hit]:
    """`x.xpath(".../text()")` and `.../@name`, kept, without `smart_strings`."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "xpath" or not call.args:
            continue
        asked = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
        is_text = isinstance(asked, str) and (
            asked.endswith("text()") or "@" in asked.rpartition("/")[2]
        )
        if is_text and keyword(call, "smart_strings") is None and _is_kept(source, call):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} knows its element, and that the whole tree",
                fix="smart_strings=False", saves=Saves.ALL_BUT_ONE, also=_parsed(source, call),
                edits=() if any(word in source.text for word in _SMART) else (edit(source, call, _plain),),
            )  # fmt: skip


def _is_kept(source: Source, call: ast.Call) -> bool:
    """Whether it is appended, stored in an attribute or item, given back, or an item of a list."""
    for above in source.around(call):
        if isinstance(above, (ast.Return, ast.ListComp, ast.SetComp, ast.DictComp, ast.Yield)):
            return True
        if isinstance(above, ast.Assign):
            return isinstance(above.targets[0], (ast.Attribute, ast.Subscript))
        if isinstance(above, ast.Call):
            if source.dotted(above.func) == "str":
                return False
            if isinstance(above.func, ast.Attribute) and above.func.attr in (
                "append",
                "add",
                "extend",
            ):
                return True
        if isinstance(above, ast.stmt):
            return False
    return False


def _parsed(source: Source, call: ast.Call) -> tuple[int, ...]:
    """The lines of the same function that make trees."""
    around = source.function(call) or source.tree
    return tuple(sorted({
        node.lineno
        for node in ast.walk(around)
        if isinstance(node, ast.Call) and source.dotted(node.func).rpartition(".")[2] in _PARSERS
        and node.lineno not in range(call.lineno, (call.end_lineno or call.lineno) + 1)
    }))  # fmt: skip


def _plain(node: Any) -> Any:
    import libcst as cst

    none = cst.SimpleWhitespace("")
    given = cst.Arg(cst.Name("False"), cst.Name("smart_strings"), equal=cst.AssignEqual(none, none))
    return node.with_changes(args=[*node.args, given])
