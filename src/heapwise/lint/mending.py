"""Applies the changes of rules to a file's text, with LibCST: all else stays as it is written."""

from __future__ import annotations

import ast
import difflib
import re
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
    if not missing:
        return text
    for name in missing:
        module, _, item = name.partition(":")
        AddImportsVisitor.add_needed_import(context, module, item or None)
    changed: str = AddImportsVisitor(context).transform_module(cst.parse_module(text)).code
    return changed
