"""HW766: a C function gives a text that the caller should free, and nobody can.

With `lib.render.restype = ctypes.c_char_p` a call gives `bytes`, a copy: the address of what the C function allocated
is lost with it, and the text stays for as long as the process lives.

What to do: `restype = ctypes.c_void_p`, `text = ctypes.string_at(address)`, and then the library's own function that
frees it (`lib.free(address)` of what `malloc` or `strdup` gave). Costs: a call that frees, for each text. Said only
where a recording tells how much it is. Clean: texts that the library keeps itself, of which nothing stays.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW766"
TITLE = "a text of C that nobody can free"
SIZED = True
NEEDS = ("restype",)
_COPIED = {"ctypes.c_char_p", "ctypes.c_wchar_p"}


def look(source: Source) -> Iterator[Hit]:
    """Calls of functions whose result is copied into an object of Python."""
    copied = {
        name for node in source.of(ast.Assign) if source.dotted(node.value) in _COPIED
        for target in node.targets if (name := _function_of(target))
    }  # fmt: skip
    for call in source.of(ast.Call) if copied else ():
        if ast.unparse(call.func) in copied:
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} gives a copy, and the address of the text is lost",
                saves=Saves.STAYS,
                fix="restype = ctypes.c_void_p, ctypes.string_at(address), and the library's free(address)",
            )  # fmt: skip


def _function_of(target: ast.expr) -> str:
    """`lib.render` of `lib.render.restype`."""
    is_result = isinstance(target, ast.Attribute) and target.attr == "restype"
    return ast.unparse(target.value) if is_result else ""  # type: ignore[attr-defined]
