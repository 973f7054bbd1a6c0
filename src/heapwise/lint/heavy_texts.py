"""Texts of data that become a syntax tree, and objects that become dicts, before they are read or written."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.heavy import Heavy
from heapwise.lint.rule import Saves, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import is_open_file, is_read_of_path, made_by
from heapwise.lint.uses import single_uses

NEEDS = ("literal_eval", "eval(", "asdict", "model_dump")
_COPIERS = {
    "dataclasses.asdict": "_asdict_inner",
    "attr.asdict": "asdict",
    "attrs.asdict": "asdict",
}
"""What copies an object with all that it holds -> the function of the library that makes the copies."""
_WRITERS = {"json.dump", "json.dumps", "yaml.dump", "yaml.safe_dump", "simplejson.dump"}
_DATA = "json.load(file), where the data is written as JSON; or a literal a line, each by itself"


def heavy_texts(source: Source) -> Iterator[Heavy]:
    """Those of a file."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name == "ast.literal_eval" and call.args and not isinstance(call.args[0], ast.Constant):
            yield Heavy(
                call, f"{shown(call)} makes a syntax tree of the whole text before the data", _DATA, Saves.INSIDE,
                user="parse",
            )  # fmt: skip
        elif name == "eval" and len(call.args) == 1 and _is_of_file(source, call.args[0]):
            yield Heavy(
                call, f"{shown(call)} makes a syntax tree and code of the whole text before the data", _DATA,
                Saves.RELEASED,
            )  # fmt: skip
        elif name in _COPIERS and _writer(source, call) is not None:
            yield Heavy(
                call, f"{shown(call)} copies all of it into dicts, to be written",
                "json.dump(..., default=lambda each: {f.name: getattr(each, f.name) for f in fields(each)}): "
                "one dict at a time", Saves.INSIDE, user=_COPIERS[name],
            )  # fmt: skip
        elif getattr(call.func, "attr", "") == "model_dump":
            yield from _of_models(source, call)


def _of_models(source: Source, dumped: ast.Call) -> Iterator[Heavy]:
    """Models of pydantic that become dicts, which become a text."""
    whole, writer = _whole(source, dumped), _writer(source, dumped)
    if writer is not None:
        lines = range(writer.lineno, (writer.end_lineno or writer.lineno) + 1)
        yield Heavy(
            whole, f"{shown(dumped)} makes dicts of all models, for a text",
            "TypeAdapter(list[Model]).dump_json(models), or model.model_dump_json(): bytes at once", Saves.THIN,
            tuple(lines),
        )  # fmt: skip


def _whole(source: Source, copy: ast.Call) -> ast.expr:
    """A copy, or the list of copies that it is an item of."""
    made = source.parent(copy)
    return made if isinstance(made, ast.ListComp) and made.elt is copy else copy


def _writer(source: Source, copy: ast.Call) -> ast.Call | None:
    """The call that writes a copy, or a list of copies, where nothing else is done with it."""
    uses = single_uses(source, _whole(source, copy))
    if uses is None or len(uses) != 1:
        return None
    call = source.parent(uses[0].place)
    is_written = (
        isinstance(call, ast.Call)
        and call.args[:1] == [uses[0].place]
        and source.dotted(call.func) in _WRITERS
    )
    return call if is_written else None  # type: ignore[return-value]


def _is_of_file(source: Source, text: ast.expr) -> bool:
    """Whether a text is a whole file."""
    made = made_by(source, text)
    return bool(made) and all(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and (
            is_read_of_path(source, each)
            or (each.func.attr == "read" and not each.args and is_open_file(source, each.func.value))
        )
        for each in made
    )  # fmt: skip
