"""HW769: a chunk is decompressed as a whole, whatever it comes to.

`inflater.decompress(chunk)` of 64 KiB gives up to a thousand times as much: what compresses well, or was made to, is in
memory at once, and while it grows twice.

What to do: `inflater.decompress(chunk, 65536)`, again with `inflater.unconsumed_tail` until that is empty (of `bz2` and
`lzma`: `max_length=`, until `needs_input`). Costs: nothing. Said only where a recording tells how much it was. Clean:
calls with a bound; what is decompressed once, as a whole.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
        if len(made) == 1 and (fix := _MAKERS.get(made.pop())):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} gives all that a chunk comes to", saves=Saves.WHOLE, fix=fix,
            )  # fmt: skip
