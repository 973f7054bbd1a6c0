"""HW769: a chunk is decompressed as a whole, whatever it comes to.

`inflater.decompress(chunk)` of 64 KiB gives up to a thousand times as much: what compresses well, or was made to, is in
memory at once, and the parts that it is put together from beside it.

What to do: `inflater.decompress(chunk, 65536)`, again with `inflater.unconsumed_tail` until that is empty (of `bz2` and
`lzma`: `max_length=`, until `needs_input`). Costs: nothing. Said only where a recording tells how much it was. Clean:
calls with a bound; what is decompressed once, as a whole, or kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.kept import keeps
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by

CODE = "HW769"
TITLE = "decompression without a bound"
SIZED = True
NEEDS = (".decompress(",)
_MAKERS = {
    "zlib.decompressobj": "decompress(chunk, 65536), again with unconsumed_tail until that is empty",
    "bz2.BZ2Decompressor": "decompress(chunk, max_length=65536), again with b'' until needs_input",
    "lzma.LZMADecompressor": "decompress(chunk, max_length=65536), again with b'' until needs_input",
}


def look(source: Source) -> Iterator[Hit]:
    """Calls of decompressors in loops, with the chunk alone."""
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


def _is_let_go(source: Source, call: ast.Call) -> bool:
    """Whether what a chunk comes to is given on, or read and forgotten in its round of the loop."""
    above, loop = source.parent(call), source.loop(call)
    if isinstance(above, ast.Yield):
        return True
    method = above.func if isinstance(above, ast.Call) else None
    if isinstance(method, ast.Attribute) and method.attr in ("write", "update"):
        return all(source.called(each) != "io.BytesIO" for each in made_by(source, method.value))
    return loop is not None and not keeps(source, [loop], lambda node: node is call)
