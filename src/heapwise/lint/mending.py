"""Applies the changes of rules to a file's text, with LibCST: all else stays as it is written."""

from __future__ import annotations

import ast
import difflib
import itertools
import re
import sys
from collections.abc import Iterable
from typing import Any

from heapwise.errors import CannotMendError, MissingExtraError
from heapwise.lint.rule import Edit


def mended(text: str, edits: Iterable[Edit]) -> tuple[str, int]:
    """(the text with the changes, how many were made). A change whose node is not found is left out; of two that
    lie in each other both are made, the inner first. MissingExtraError without LibCST; CannotMendError when it
    does not get through."""
    try:
        import libcst as cst
        from libcst.metadata import MetadataWrapper, PositionProvider
    except ImportError:
        raise MissingExtraError("changes need LibCST", "pip install 'heapwise[fix]'") from None
    wanted: dict[tuple[tuple[int, int], str], list[Edit]] = {}
    for each in edits:
        at = wanted.setdefault((each.start, each.kind), [])
        if not any(other.change is each.change for other in at):
            at.append(each)
    done: list[Edit] = []

    class Changes(cst.CSTTransformer):
        """Changes each node that stands where one is wanted."""

        METADATA_DEPENDENCIES = (PositionProvider,)

        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            name = type(original_node).__name__
            if name in kinds:
                place = self.get_metadata(PositionProvider, original_node)
                start, end = (
                    (place.start.line, place.start.column),
                    (place.end.line, place.end.column),
                )
                for each in wanted.get((start, name), ()):
                    if each.end in (None, end):
                        before = updated_node
                        updated_node = each.change(updated_node)
                        if updated_node is not before:
                            done.append(each)
            return updated_node

    kinds = {kind for _, kind in wanted}
    try:
        tree = MetadataWrapper(cst.parse_module(text)).visit(Changes())
        changed = _with_imports(tree.code, {name for each in done for name in each.imports})
        ast.parse(changed)
    except (
        Exception
    ) as error:  # whatever it is, the file stays as it is, and the others are changed
        raise CannotMendError(f"{type(error).__name__}: {str(error)[:200]}") from None
    return changed, len(done)


def difference(before: str, after: str, name: str) -> str:
    """A unified diff, which tells where the last line does not end."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    told = (
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
    return "".join(told)


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _with_imports(text: str, names: Iterable[str]) -> str:
    """With `import module`, or `from module import name` for `module:name`, where the text has it not yet."""
    import libcst as cst
    from libcst.codemod import CodemodContext
    from libcst.codemod.visitors import AddImportsVisitor

    context = CodemodContext()
    missing = sorted(names)
    for name in missing:
        module, _, item = name.partition(":")
        text, is_there = _beside_its_like(text, module, item)
        if not is_there:
            AddImportsVisitor.add_needed_import(context, module, item or None)
    if not missing:
        return text
    changed: str = AddImportsVisitor(context).transform_module(cst.parse_module(text)).code
    return changed


def _beside_its_like(text: str, module: str, item: str) -> tuple[str, bool]:
    """With an import of a standard module where a reader looks for it: among those at the head of the file, by name.
    False: it is not put there, as the head has none, or has names of the module already."""
    head = itertools.takewhile(_is_of_head, ast.parse(text).body)
    own = [
        each
        for each in head
        if isinstance(each, (ast.Import, ast.ImportFrom)) and _is_standard(each)
    ]
    before = [each.end_lineno or 0 for each in own if _key(each) < (bool(item), module)]
    is_new = all(_key(each)[1] != module for each in own)
    if not before or not is_new or module.split(".")[0] not in sys.stdlib_module_names:
        return text, False
    lines, at = _lines(text), max(before)
    ending = "\r\n" if lines[at - 1].endswith("\r\n") else "\n"
    is_whole = re.search(r"[^\\]\r?\n\Z", lines[at - 1])
    if not is_whole or "\r" in text.replace("\r\n", ""):
        return text, False
    added = f"from {module} import {item}" if item else f"import {module}"
    return "".join([*lines[:at], added + ending, *lines[at:]]), True


def _is_of_head(node: ast.stmt) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, (ast.Import, ast.ImportFrom))


def _key(node: ast.Import | ast.ImportFrom) -> tuple[bool, str]:
    """How imports are sorted: whole modules first, then by name; empty for one of the program's own package."""
    if isinstance(node, ast.Import):
        return False, node.names[0].name
    return True, (node.module or "") if not node.level else ""


def _is_standard(node: ast.Import | ast.ImportFrom) -> bool:
    module = _key(node)[1].split(".")[0]
    return module != "__future__" and module in sys.stdlib_module_names
