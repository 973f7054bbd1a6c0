"""HW769: what is packed is decompressed as a whole, whatever it comes to.

`inflater.decompress(chunk)` of 64 KiB gives up to a thousand times as much: what compresses well, or was made to, is in
memory at once, and the parts that it is put together from beside it. `gzip.decompress(data)` of which lines or records
are looked at one by one has all of them there first.

What to do: `inflater.decompress(chunk, 65536)`, again with `inflater.unconsumed_tail` until that is empty (of `bz2` and
`lzma`: `max_length=`, until `needs_input`); `gzip.open(path)`, or `gzip.GzipFile(fileobj=...)`, line by line, or with
`read(1000 * record.size)`. Costs: nothing. Said only where a recording tells how much it was. Clean: calls with a
bound; what is decompressed once and needed as a whole, or kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.kept import keeps
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by, splits
from heapwise.lint.uses import single_uses

CODE = "HW769"
TITLE = "decompression without a bound"
SIZED = True
NEEDS = (".decompress(",)
_MAKERS = {
    "zlib.decompressobj": "decompress(chunk, 65536), again with unconsumed_tail until that is empty",
    "bz2.BZ2Decompressor": "decompress(chunk, max_length=65536), again with b'' until needs_input",
    "lzma.LZMADecompressor": "decompress(chunk, max_length=65536), again with b'' until needs_input",
}
_WHOLE = {
    f"{module}.decompress": f"{module}.open(path), or {of_stream}: its lines one by one, or a bounded number of records"
    for module, of_stream in (
        ("gzip", "gzip.GzipFile(fileobj=stream)"), ("bz2", "bz2.open(stream)"), ("lzma", "lzma.open(stream)"),
    )
}  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Calls of decompressors in loops, with the chunk alone; and what is unpacked whole for its lines or records."""
    yield from _part_by_part(source)
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr != "decompress":
            continue
        if len(call.args) != 1 or call.keywords or source.loop(call) is None:
            continue
        values = made_by(source, method.value)
        made = {source.called(each) for each in values}
        is_stream = all(source.loop(each) is not source.loop(call) for each in values)
        if (
            len(made) == 1
            and (fix := _MAKERS.get(made.pop()))
            and is_stream
            and _is_let_go(source, call)
        ):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} gives all that a chunk comes to", saves=Saves.WHOLE, fix=fix,
            )  # fmt: skip


def _part_by_part(source: Source) -> Iterator[Hit]:
    """`record.iter_unpack(gzip.decompress(data))`, `gzip.decompress(data).decode().splitlines()`."""
    for call in source.of(ast.Call):
        name = source.called(call)
        uses = single_uses(source, call) if name in _WHOLE else None
        if uses and all(_takes_parts(source, each.place) for each in uses):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} is looked at part by part", saves=Saves.WHOLE,
                fix=_WHOLE[name],
            )  # fmt: skip


def _takes_parts(source: Source, place: ast.expr) -> bool:
    """Whether bytes are gone through once, record by record, or line by line, and none of these is kept."""
    above = source.parent(place)
    if isinstance(above, ast.Attribute):
        asked = source.parent(above)
        if not isinstance(asked, ast.Call):
            return False
        if above.attr == "decode":
            return _takes_parts(source, asked)
        return splits(asked) and _are_read_once(source, asked)
    if not isinstance(above, ast.Call) or place not in above.args[-1:]:
        return False
    # What is unpacked are new objects: the bytes can go, even where they are kept.
    return last_name(above.func) == "iter_unpack" and reads_once(source, above)


def _are_read_once(source: Source, parts: ast.expr) -> bool:
    return reads_once(source, parts) and not keeps_items(source, parts)


def _is_let_go(source: Source, call: ast.Call) -> bool:
    """Whether what a chunk comes to is given on, or read and forgotten in its round of the loop."""
    above, loop = source.parent(call), source.loop(call)
    if isinstance(above, ast.Yield):
        return True
    method = above.func if isinstance(above, ast.Call) else None
    if isinstance(method, ast.Attribute) and method.attr in ("write", "update"):
        return all(source.called(each) != "io.BytesIO" for each in made_by(source, method.value))
    return loop is not None and not keeps(source, [loop], lambda node: node is call)
