"""HW703: a file is read whole to be walked line by line.

`f.read().splitlines()` holds the text and all its lines at once: three times the file and more.

What to do: `for line in f` (done by `--fix --unsafe`, where lines end where `splitlines` ends them); of a member of an
archive, or an answer, `for line in io.TextIOWrapper(archive.open(name), encoding="utf-8")`. Costs: nothing. Clean:
lines that are kept, texts that are used otherwise, too, and files that are written anew, or removed, before the last
line was looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from heapwise.lint.flow import files, keeps_items, open_mode, reads_once, writes_meanwhile
from heapwise.lint.rewritten import is_rewritten
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit, shown
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import is_read_of_path, splits, texts_split

CODE = "HW703"
TITLE = "a file read whole for its lines"
NEEDS = ("splitlines", "split(", "readlines")


def look(source: Source) -> Iterator[Hit]:
    """`for line in f.read().splitlines()`, `.read().split("\\n")`, `path.read_text().splitlines()`."""
    known = files(source)
    yield from _readlines(source, known)
    told = set()
    for found in _together(source, known):
        told.add(found.line)
        yield found
    for read, call, fix in texts_split(source):
        if call.lineno not in told:
            yield hit(
                source, call, CODE, TITLE, f"{shown(read)} is held whole, and all its lines",
                saves=Saves.WHOLE, fix=fix, also=_lines_of(read, call), sized=True,
            )  # fmt: skip


def _together(source: Source, known: Mapping[tuple[ast.AST, str], bool]) -> Iterator[Hit]:
    """What is read and split in one place."""
    for call in source.of(ast.Call):
        use = _place(source, call) if splits(call) else None
        if use is None or not reads_once(source, use) or keeps_items(source, use):
            continue
        read = _what_was_read(source, call.func.value)  # type: ignore[attr-defined]
        if not isinstance(read, ast.Call) or not isinstance(read.func, ast.Attribute):
            continue
        if is_rewritten(source, read, use):
            continue
        edits: tuple[Edit, ...] = ()
        if read.func.attr == "read" and not read.args:
            from_file = read.func.value
            name = from_file.id if isinstance(from_file, ast.Name) else ""
            binary = known.get((source.function(call) or source.tree, name))
            if binary is None and open_mode(source, from_file) is None:
                continue
            if (
                binary is not None
                and use is call
                and read is call.func.value  # type: ignore[attr-defined]
                and call.func.attr == "splitlines"  # type: ignore[attr-defined]
                and not source.has_comment(call)
                and not writes_meanwhile(source, call)
                and not _named_in_loop(source, call, name)
                and not _ends_lines_itself(source)
            ):
                edits = (edit(source, call, _lines),)
        elif not is_read_of_path(source, read):
            continue
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} holds the text and all its lines",
            saves=Saves.WHOLE, fix="for line in file", edits=edits, also=_lines_of(read, call),
            sized=use is not call or read is not call.func.value,  # type: ignore[attr-defined]
        )  # fmt: skip


def _place(source: Source, call: ast.expr) -> ast.expr | None:
    """Where a value is used: there, or where the name that it alone is bound to is, once."""
    bound = source.parent(call)
    if not isinstance(bound, ast.Assign):
        return call
    [target, *more] = bound.targets
    if more or not isinstance(target, ast.Name):
        return None
    use = only_use(source, bound, target.id)
    return use if use is not None and source.loop(use) is source.loop(bound) else None


def _what_was_read(source: Source, value: ast.expr) -> ast.expr:
    """What a name that is used once stands for; any other expression as it is."""
    if isinstance(value, ast.Name):
        for node, targets, given in source.bindings:
            single = isinstance(node, ast.Assign) and len(targets) == 1
            named = single and isinstance(targets[0], ast.Name) and targets[0].id == value.id
            if named and only_use(source, node, value.id) is value:  # type: ignore[arg-type]
                return given
    return value


def _lines_of(read: ast.expr, call: ast.Call) -> tuple[int, ...]:
    return (
        (read.lineno,) if read.lineno not in range(call.lineno, (call.end_lineno or 0) + 1) else ()
    )


def _readlines(source: Source, known: Mapping[tuple[ast.AST, str], bool]) -> Iterator[Hit]:
    """`for line in file.readlines()`: ruff's FURB129, told where it costs."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "readlines" or call.args:
            continue
        use = _place(source, call)
        if use is None or not reads_once(source, use) or keeps_items(source, use):
            continue
        read = call.func.value
        name = read.id if isinstance(read, ast.Name) else ""
        if (source.function(call) or source.tree, name) not in known and open_mode(
            source, read
        ) is None:
            continue
        if not _named_in_loop(source, use, name) and not is_rewritten(source, call, use):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} holds all the lines", sized=True,
                saves=Saves.WHOLE, fix="for line in file",
                edits=(edit(source, call, _itself),) if use is call and not writes_meanwhile(source, call) else (),
            )  # fmt: skip


def _named_in_loop(source: Source, call: ast.expr, name: str) -> bool:
    """Whether what reads the lines does something else with the file meanwhile."""
    above = source.parent(call)
    rest = [source.parent(above) or above] if isinstance(above, ast.comprehension) else []
    within = [n for each in (*getattr(above, "body", ()), *rest) for n in ast.walk(each or call)]
    inside = {id(n) for n in ast.walk(call)}
    return any(isinstance(n, ast.Name) and n.id == name and id(n) not in inside for n in within)


def _ends_lines_itself(source: Source) -> bool:
    """Whether any file is opened with other ends of lines."""
    opened = [n for n in source.of(ast.Call) if open_mode(source, n) is not None]
    return any(keyword(each, "newline") is not None or len(each.args) > 3 for each in opened)


def _itself(node: Any) -> Any:
    return node.func.value


def _lines(node: Any) -> Any:
    import libcst as cst

    file = cst.Module([]).code_for_node(node.func.value.func.value)
    # A form feed ends no line of a file, but a line of a text.
    return cst.parse_expression(f"(line for part in {file} for line in part.splitlines())")
