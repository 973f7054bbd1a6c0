"""What is written to as files are: by its name, or a class of the module."""

from __future__ import annotations

import ast
import re

from heapwise.analyze.kept_at import FILLS
from heapwise.lint.source import FunctionNode, Source
from heapwise.lint.texts import made_by

NAMED_AS_FILE = re.compile(r"(^|_)(f|fh|fp|fd|fout|file|out|outfile|output|target|handle)$")
_KEEP = FILLS - {"update"}
"""`update` is a hash's, too."""


def is_own_writer(source: Source, file: ast.expr) -> bool:
    """Whether a name is of a class of the module with a `write` that may be called again, with parts: it gives what it
    gets to calls that do not keep it, and does nothing else with it."""
    made = made_by(source, file) if isinstance(file, ast.Name) else []
    names = {ast.unparse(each.func if isinstance(each, ast.Call) else each) for each in made}
    classes = [each for each in source.of(ast.ClassDef) if each.name in names]
    return bool(names) and len(classes) == len(names) and all(map(_passes_on, classes))


def _passes_on(owner: ast.ClassDef) -> bool:
    methods = [
        each
        for each in owner.body
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and each.name == "write"
    ]
    return len(methods) == 1 and len(methods[0].args.args) == 2 and _gives_away(methods[0])


def _gives_away(method: FunctionNode) -> bool:
    """Whether all uses of what a method is given are arguments of calls, none of which keeps it."""
    name = method.args.args[1].arg
    uses = [n for n in ast.walk(method) if isinstance(n, ast.Name) and n.id == name]
    given = [
        argument
        for call in ast.walk(method)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") not in _KEEP
        for argument in call.args
    ]
    return bool(uses) and all(each in given for each in uses)
