"""HW708: a whole file goes through memory to be written or hashed.

`target.write(source.read())` holds all of it at once; so do `sha256(path.read_bytes())`, `gzip.compress(file.read())`
that is written, `archive.writestr(name, file.read())`, `target.write(archive.read(name))`,
`pickle.loads(file.read())`, `ZipFile(BytesIO(file.read()))`, answers of servers that are given all of a file, and
`json.dumps({"content": base64.b64encode(file.read()).decode()})`, where it stands once more in each form.

What to do: `shutil.copyfileobj(source, target)`; `hashlib.file_digest(file, "sha256")` (both done by `--fix`; of texts
by `--fix --unsafe`: of one that cannot be decoded a part would be written); `gzip.open(path, "wb")`, `archive.write`,
`archive.open`, `pickle.load(file)`, the file itself, `FileResponse`; a generator for a body of JSON, with base64 of
blocks. Costs: nothing. Clean: reads of a given size.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.flow import files, open_mode
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit
from heapwise.lint.source import Source
from heapwise.lint.whole_contents import NEEDS as OF_CONTENTS
from heapwise.lint.whole_contents import whole_contents

CODE = "HW708"
TITLE = "a file copied through memory"
NEEDS = OF_CONTENTS
_HASHES = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s"}


def look(source: Source) -> Iterator[Hit]:
    """`out.write(file.read())`, `hashlib.sha256(file.read())`, of files that were opened in sight."""
    for each in whole_contents(source):
        yield hit(
            source, each.call, CODE, TITLE, "all of a file is in memory at once", saves=Saves.WHOLE, fix=each.fix,
            also=each.lines, sized=True,
        )  # fmt: skip
    known = files(source)
    for call in source.of(ast.Call):
        if len(call.args) != 1 or call.keywords or not isinstance(call.func, ast.Attribute):
            continue
        read = call.args[0]
        if not isinstance(read, ast.Call) or read.args or not isinstance(read.func, ast.Attribute):
            continue
        file = read.func.value
        if read.func.attr != "read" or not isinstance(file, ast.Name):
            continue
        scope = source.function(call) or source.tree
        binary = known.get((scope, file.id))
        if binary is None:
            continue
        plain = set(_modes(source, scope, file.id)) <= {"r", "rt", "rb"}
        if source.has_comment(call):
            continue
        name = source.dotted(call.func)
        target = call.func.value
        edits: tuple[Edit, ...]
        if name.startswith("hashlib.") and call.func.attr in _HASHES and binary:
            fix = f'hashlib.file_digest({file.id}, "{call.func.attr}")'
            edits = (edit(source, call, _digest),) if plain else ()
        elif call.func.attr == "write" and isinstance(source.parent(call), ast.Expr):
            fix = f"shutil.copyfileobj({file.id}, {ast.unparse(target)})"
            same = (
                isinstance(target, ast.Name)
                and target.id != file.id
                and known.get((scope, target.id)) is binary
                # What is appended to the file that is read would be read again.
                and set(_modes(source, scope, target.id)) <= {"w", "wt", "wb", "x", "xt", "xb"}
            )
            edits = (edit(source, call, _copy, "shutil"),) if same and plain else ()
        else:
            continue
        yield hit(
            source, call, CODE, TITLE, f"all of {file.id} is in memory at once", saves=Saves.WHOLE, fix=fix,
            edits=edits, safe=binary,  # of a text that cannot be decoded a part would be written
        )  # fmt: skip


def _modes(source: Source, scope: ast.AST, name: str) -> Iterator[str]:
    """The modes that files of a name are opened with."""
    pairs = [
        *((item, item.optional_vars, item.context_expr) for item in source.of(ast.withitem)),
        *((node, targets[0], value) for node, targets, value in source.bindings),
    ]
    for node, target, value in pairs:
        named = isinstance(target, ast.Name) and target.id == name
        if named and (source.function(node) or source.tree) is scope:
            yield open_mode(source, value) or "?"


def _copy(node: Any) -> Any:
    import libcst as cst

    file = node.args[0].value.func.value
    return cst.Call(
        cst.parse_expression("shutil.copyfileobj"), [cst.Arg(file), cst.Arg(node.func.value)]
    )


def _digest(node: Any) -> Any:
    import libcst as cst

    file, kind = node.args[0].value.func.value, node.func.attr.value
    function = node.func.with_changes(attr=cst.Name("file_digest"))
    return cst.Call(function, [cst.Arg(file), cst.Arg(cst.SimpleString(f'"{kind}"'))])
