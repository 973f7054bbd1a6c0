"""HW715: a text or an element that lxml found keeps the whole document.

`element.xpath("//name/text()")` gives strings that know their element, and it the tree: keep one, and megabytes stay.
So does an element that is kept, `heads.append(root.find("head"))`, of each of many documents.

What to do: `xpath(..., smart_strings=False)` (done by `--fix --unsafe`), or `str(text)`; of an element keep what is
wanted of it, `root.findtext("head/title")`, or `copy.deepcopy(element)`. Costs: the text no longer knows its element.
Clean: texts and elements that soon go; elements whose document is parsed once, or kept anyway.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.analyze.statement import last_name
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
    """`x.xpath(".../text()")` and `.../@name`, kept, without `smart_strings`; `x.find(...)`, kept at each turn."""
    for call in source.of(ast.Call):
        yield from _element(source, call)
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
                edits=() if needs_smart_strings(source) else (edit(source, call, with_plain_strings),),
            )  # fmt: skip


def _element(source: Source, call: ast.Call) -> Iterator[Hit]:
    """One element of a document that is parsed in the same loop, and is nowhere else."""
    root = call.func.value if isinstance(call.func, ast.Attribute) else None
    if not isinstance(root, ast.Name) or last_name(call.func) != "find" or len(call.args) != 1:
        return
    above = source.parent(call)
    if isinstance(above, (ast.Attribute, ast.Subscript)) or not _is_kept(source, call):
        return
    around = source.loop(call)
    for node in ast.walk(around) if around is not None else ():
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == root.id
            and isinstance(node.value, ast.Call)
            and source.dotted(node.value.func).startswith("lxml.")
            and last_name(node.value.func) in _PARSERS
        ):
            yield hit(
                source, call, CODE, "an element keeps its document", f"{shown(call)} has the whole tree with it",
                fix="keep its texts and attributes, or copy.deepcopy(element)", saves=Saves.ALL_BUT_ONE,
                also=(node.lineno,), sized=True,
            )  # fmt: skip
            return


def _is_kept(source: Source, call: ast.Call) -> bool:
    """Whether it is appended, stored in an attribute or item, given back, or an item of a list."""
    for above in source.around(call):
        if isinstance(above, (ast.Return, ast.ListComp, ast.SetComp, ast.DictComp, ast.Yield)):
            return True
        if isinstance(above, ast.Assign):
            return isinstance(above.targets[0], (ast.Attribute, ast.Subscript))
        if isinstance(above, ast.Call):
            if source.dotted(above.func) in ("str", "copy.deepcopy"):
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


def needs_smart_strings(source: Source) -> bool:
    """Whether the program, or what it hands texts to, may ask where they come from."""
    return any(word in source.text for word in _SMART)


def with_plain_strings(node: Any) -> Any:
    """A call of LibCST, with `smart_strings=False`."""
    import libcst as cst

    none = cst.SimpleWhitespace("")
    given = cst.Arg(cst.Name("False"), cst.Name("smart_strings"), equal=cst.AssignEqual(none, none))
    return node.with_changes(args=[*node.args, given])
