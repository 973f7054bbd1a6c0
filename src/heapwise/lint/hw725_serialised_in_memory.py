"""HW725: what is written to a file is made in memory first.

`file.write(json.dumps(document))` holds the whole text, and with a text file its bytes as well, beside the objects that
it is made from; and so do `pickle.dumps`, `marshal.dumps`, `yaml.dump` without a file, `ET.tostring`, `to_csv()` of a
table, `template.render()` of Jinja, `"\\n".join(lines)`, and an `io.StringIO` or `io.BytesIO` that is filled, read
whole and written.

What to do: give them the file: `json.dump(document, file)`, `pickle.dump(document, file)`, `tree.write(file)`; in the
place of a buffer the file itself, or `gzip.open(path, "wt")` where it is compressed; `file.writelines(line + "\\n" for
line in lines)`. For its hash, `hashlib.file_digest` of the file afterwards, or a writer that hashes what it passes on;
for its size, `file.tell()`. Where a failure must leave the old file as it is, write to a file beside it, and rename
that. Costs: after an error a part of the file has been written. Said only where a recording tells how much it is.
Clean: texts that are used otherwise as well, written several times, or looked at before it is clear whether and how
they are written; what is sent, and not written to a file, or to an object of the module whose `write` passes on what
it is given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.appended import appended
from heapwise.lint.flow import files, makes_list
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword
from heapwise.lint.writers import NAMED_AS_FILE, is_own_writer

CODE = "HW725"
TITLE = "made in memory to be written"
SIZED = True
NEEDS = (
    "dumps(",
    "yaml.dump(",
    "tostring(",
    "safe_dump(",
    "getvalue(",
    "getbuffer(",
    "to_csv(",
    "to_json(",
    ".join(",
    ".render(",
)
_MAKERS = {
    "pickle.dumps": "pickle.dump(..., file)", "json.dumps": "json.dump(..., file)",
    "marshal.dumps": "marshal.dump(..., file)", "cloudpickle.dumps": "cloudpickle.dump(..., file)",
    "yaml.dump": "yaml.dump(..., file)", "yaml.safe_dump": "yaml.safe_dump(..., file)",
    "xml.etree.ElementTree.tostring": "ElementTree(...).write(file)",
}  # fmt: skip
_OF_TABLES = {"to_csv", "to_json"}
_LINES = "file.writelines(... for ...)"
_HASHES = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s"}
_WRITE_WHOLE = ("write_text", "write_bytes")
_HEADS = ("write", "pack", "to_bytes")
_WRAPPED = ("encode", "decode")
_PACKS = ("gzip.compress", "zlib.compress", "bz2.compress", "lzma.compress")
_BUFFERS = ("io.StringIO", "io.BytesIO")
_TAKEN, _OF_BUFFERS = (
    ("getvalue", "getbuffer"),
    ("write", "writelines", "seek", "tell", "flush", "close", "truncate"),
)


def look(source: Source) -> Iterator[Hit]:
    """Calls that make a text or bytes of something, which are only written, hashed and counted."""
    known = files(source)
    for call in source.of(ast.Call):
        filled = _filled(source, call)
        fix = "fill the file itself, or gzip.open(path, 'wt')" if filled else _fix(source, call)
        if not fix:
            continue
        uses = _uses(source, call)
        written = [each for each in uses if _is_written(source, each, known)]
        if len(written) != 1 or source.loop(written[0]) is not source.loop(call):
            continue
        if all(each in written or _is_looked_at(source, each, written[0]) for each in uses):
            lines = {
                line for use in uses if (statement := source.statement(use)) is not None
                for line in range(statement.lineno, (use.end_lineno or use.lineno) + 1)
                if statement.lineno + 5 > use.lineno
            }  # fmt: skip
            joins = fix == _LINES
            bodies, heads = _parts(source, call) if joins else (filled or _given(source, call), ())
            yield hit(
                source, call, CODE, TITLE, f"all of {shown(call)} is in memory until it is written",
                saves=Saves.PASSING if joins else Saves.WHOLE, also=tuple(sorted(lines | set(heads))), bodies=bodies,
                fix=fix,
            )  # fmt: skip


def _fix(source: Source, call: ast.Call) -> str:
    """What writes to a file instead; empty where a call makes no text, or writes already."""
    name = source.dotted(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if method == "join" and _is_text(call.func.value) and len(call.args) == 1:  # type: ignore[attr-defined]
        return _LINES
    if method in _OF_TABLES and not call.args and not keyword(call, "path_or_buf"):
        pandas = any(each.split(".")[0] == "pandas" for each in source.imports.values())
        return (
            f"table.{method}(file, ...)" if pandas and method not in source.functions_named else ""
        )
    if method == "render" and "jinja2" in {each.split(".")[0] for each in source.imports.values()}:
        return "template.stream(...).dump(file)"
    if name not in _MAKERS or not call.args:
        return ""
    written = len(call.args) > 1 or keyword(call, "stream") is not None
    return "" if name.startswith("yaml.") and written else _MAKERS[name]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _parts(source: Source, call: ast.Call) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """((first, last) lines, other lines) that make a list which is there to be joined alone."""
    use = call.args[0]
    for found in appended(source):
        if found.use is use:
            calls = [(each.lineno, each.end_lineno or each.lineno) for each in found.calls]
            return (*calls, *found.makers), found.heads
    for node in source.of(ast.Assign) if isinstance(use, ast.Name) else ():
        if makes_list(source, node.value) and only_use(source, node, use.id) is use:  # type: ignore[attr-defined]
            return ((node.lineno, node.end_lineno or node.lineno),), ()
    return (), ()


def _given(source: Source, call: ast.Call) -> tuple[tuple[int, int], ...]:
    """The generators of the module that a template is given, whose texts its parts are."""
    given = [*call.args, *(each.value for each in call.keywords)]
    return tuple(
        (found.lineno, found.end_lineno or found.lineno)
        for each in given
        for found in source.functions_named.get(source.called(each), ())
        if source.is_generator(found)
    )


def _filled(source: Source, call: ast.Call) -> tuple[tuple[int, int], ...]:
    """Of `buffer.getvalue()` the lines (first, last) that fill the buffer, which is a local that is used for nothing
    else; empty of other calls."""
    method, scope = call.func, source.function(call)
    if not isinstance(method, ast.Attribute) or method.attr not in _TAKEN or scope is None:
        return ()
    if not isinstance(method.value, ast.Name):
        return ()
    name = method.value.id
    places = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
    stores = [each for each in places if isinstance(each.ctx, ast.Store)]
    if len(stores) != 1 or not _is_buffer(source, stores[0]):
        return ()
    lines = []
    for use in (each for each in places if each not in stores and each is not method.value):
        above = source.parent(use)
        if isinstance(above, ast.Attribute):
            if above.attr not in _OF_BUFFERS:
                return ()
        elif not isinstance(above, (ast.Call, ast.keyword)):
            return ()
        lines += [_lines_of(source, each) for each in (use, *_writing(source, scope, above))]
    return tuple(sorted(set(lines)))


def _writing(source: Source, scope: ast.AST, above: ast.AST | None) -> list[ast.expr]:
    """Where a writer is used that has the buffer: `table = csv.writer(buffer)`."""
    made = source.parent(above) if isinstance(above, ast.Call) else None
    target = made.targets[0] if isinstance(made, ast.Assign) and made.value is above else None
    if not isinstance(target, ast.Name):
        return []
    places = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == target.id]
    return [each for each in places if isinstance(each.ctx, ast.Load)]


def _lines_of(source: Source, node: ast.expr) -> tuple[int, int]:
    statement = source.statement(node) or node
    return statement.lineno, statement.end_lineno or statement.lineno


def _is_buffer(source: Source, store: ast.Name) -> bool:
    """Whether a name is bound to a new buffer without content."""
    above = source.parent(store)
    value = above.value if isinstance(above, ast.Assign) else None
    if isinstance(above, ast.withitem):
        value = above.context_expr
    return isinstance(value, ast.Call) and source.dotted(value.func) in _BUFFERS and not value.args


def _uses(source: Source, call: ast.Call) -> list[ast.expr]:
    """Where what is made is read, perhaps by its one name; nothing where it may be used otherwise."""
    made = _wrapped(source, call)
    above = source.parent(made)
    if not isinstance(above, (ast.Assign, ast.AnnAssign)):
        return [made]
    targets = above.targets if isinstance(above, ast.Assign) else [above.target]
    scope = source.function(call)
    if len(targets) != 1 or not isinstance(targets[0], ast.Name) or scope is None:
        return []
    name = targets[0].id
    places = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
    reads = [each for each in places if isinstance(each.ctx, ast.Load)]
    others = any(
        isinstance(n, (ast.Global, ast.Nonlocal)) and name in n.names for n in ast.walk(scope)
    )
    stores = [each for each in places if isinstance(each.ctx, ast.Store)]
    if others or len(stores) > 1 or any(source.scope(each) is not scope for each in reads):
        return []
    return [_wrapped(source, each) for each in reads]


def _wrapped(source: Source, node: ast.expr) -> ast.expr:
    """What is made, as it is encoded, or with its line's end."""
    while True:
        above = source.parent(node)
        if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Add):
            other = above.right if above.left is node else above.left
            if not isinstance(other, ast.Constant):
                return node
            node = above
            continue
        if isinstance(above, ast.Call) and source.dotted(above.func) in _PACKS:
            node = above
            continue
        if not isinstance(above, ast.Attribute) or above.attr not in _WRAPPED:
            return node
        call = source.parent(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return node
        node = call


def _is_written(source: Source, use: ast.expr, known: dict[tuple[ast.AST, str], bool]) -> bool:
    """Whether it is all that a file is given, as the statement of its own or for the count of it."""
    call = source.parent(use)
    if (
        not isinstance(call, ast.Call)
        or call.args[:1] != [use]
        or not isinstance(call.func, ast.Attribute)
        or isinstance(source.parent(call), ast.Await)
    ):
        return False
    if call.func.attr in _WRITE_WHOLE:
        return True
    if call.func.attr != "write" or len(call.args) > 1:
        return False
    file = call.func.value
    if isinstance(file, ast.Call):
        return source.dotted(file.func) == "open" or getattr(file.func, "attr", "") == "open"
    name = file.id if isinstance(file, ast.Name) else getattr(file, "attr", "")
    scope = source.function(call) or source.tree
    return (scope, name) in known or bool(NAMED_AS_FILE.search(name)) or is_own_writer(source, file)


def _is_looked_at(source: Source, use: ast.expr, written: ast.expr) -> bool:
    """Whether only its length or hash is asked for; before it is written, for nothing that decides on that or is
    written itself."""
    call = source.parent(use)
    if not isinstance(call, ast.Call) or call.args[:1] != [use]:
        return False
    name = source.dotted(call.func)
    hashed = name.startswith("hashlib.") and name.removeprefix("hashlib.") in _HASHES
    if name != "len" and not hashed:
        return False
    return use.lineno >= written.lineno or not _decides(source, call)


def _decides(source: Source, node: ast.expr) -> bool:
    """Whether a value is compared or tested, or goes into the file itself: the head of what follows."""
    for each in source.around(node):
        if isinstance(each, (ast.Compare, ast.IfExp, ast.BoolOp, ast.If, ast.While, ast.Assert)):
            return True
        method = each.func if isinstance(each, ast.Call) else None
        if isinstance(method, ast.Attribute) and method.attr in _HEADS:
            return True
        if isinstance(each, ast.stmt):
            break
    return False
