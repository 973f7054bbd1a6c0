"""Builds alternatives of a program's objects, and leaves a snapshot of them: a process of its own, by `weigh`.

Prints what each had asked the allocators for, before they rounded up.

    python -m heapwise.prove.scratch weighed.hw < recipes

Standard library alone: it runs in the interpreter that the program ran in.
"""

from __future__ import annotations

import gc
import sys
from array import array
from ast import literal_eval
from collections import namedtuple
from collections.abc import Callable
from typing import Any

Built = dict[str, Any]
"""Name of the alternative -> what holds it, and nothing else."""
weighed: Built = {}
"""All that was built; the snapshot tells what each retains."""
aside: list[Any] = []
"""What the alternatives share, and what is not to be weighed with them."""
_VALUES: dict[str, Callable[[int], Any]] = {
    "int": lambda i: (1 << 20) + i, "float": lambda i: i + 0.5, "bool": lambda i: i % 2 == 0,
}  # fmt: skip
_COLUMNS = {"int": "q", "float": "d", "bool": "b"}
_NARROW: dict[str, Callable[[int], int]] = {
    "b": lambda i: -6 - i % 100, "B": lambda i: i % 256,
    "h": lambda i: 300 + i % 30_000, "H": lambda i: 300 + i % 60_000,
}  # fmt: skip
"""Type code of an array -> ints that it holds, of which those in boxes have each its own."""


def _class(names: list[str], **namespace: object) -> Any:
    def fill(self: Any) -> None:
        for name in names:
            setattr(self, name, None)

    made = type("Row", (), {"__init__": fill, **namespace})
    aside.append(made)
    return made


def _slots(count: int, facts: dict[str, Any]) -> Built:
    names = facts["names"]
    plain, slots, weak = (
        _class(names), _class(names, __slots__=tuple(names)),
        _class(names, __slots__=(*names, "__weakref__")),
    )  # fmt: skip
    now = [plain() for _ in range(count)]
    for each in now[: round(count * facts["own_dicts"])]:
        vars(each)
    return {
        "now": now,
        "slots": [slots() for _ in range(count)],
        "slots and weak references": [weak() for _ in range(count)],
    }


def _records(count: int, facts: dict[str, Any]) -> Built:
    names, kinds = facts["names"], facts["kinds"]
    fields = [f"f{at}" for at in range(len(names))]
    row = namedtuple("row", fields)  # type: ignore[misc]
    slots = _class(fields, __slots__=tuple(fields))
    aside.append(row)
    return {
        # As a literal makes them: with room for no more than they hold.
        "now": [dict.fromkeys(names) for _ in range(count)],
        "slots": [slots() for _ in range(count)],
        "named tuple": [row(*[None] * len(names)) for _ in range(count)],
        "columns": [
            array(_COLUMNS[kind], map(_VALUES[kind], range(count)))[:] if kind in _COLUMNS else [None] * count
            for kind in kinds
        ],
    }  # fmt: skip


def _array(count: int, facts: dict[str, Any]) -> Built:
    length = min(count, facts["length"])
    code = facts.get("code", _COLUMNS[facts["kind"]])
    value: Callable[[int], Any] = _NARROW.get(code) or _VALUES[facts["kind"]]
    now = [[value(i) for i in range(at, min(count, at + length))] for at in range(0, count, length)]
    return {"now": now, "array": [array(code, each) for each in now]}


def _none(count: int, facts: dict[str, Any]) -> Built:
    makers: dict[str, Callable[[], object]] = {"list": list, "dict": dict, "set": set}
    kinds = [kind for kind, share in facts["kinds"] for _ in range(round(count * share))]
    return {"now": [makers[kind]() for kind in kinds], "None": [None] * len(kinds)}


def _pool(count: int, facts: dict[str, Any]) -> Built:
    """One entry for each value; the values themselves are there either way."""
    del facts
    values = [f"value {i}" for i in range(count)]
    aside.append(values)
    return {"pool": {value: value for value in values}}


def _utf8(count: int, facts: dict[str, Any]) -> Built:
    del count
    now = [_wide(size, wide) for size, wide in facts["texts"]]
    return {"now": now, "UTF-8": [text.encode() for text in now]}


def _wide(size_bytes: int, wide_bytes: int) -> str:
    """A text of a size in memory that takes so many bytes less in UTF-8."""
    # Four bytes a character where that can be: then one in UTF-8 for each plain one.
    head = sys.getsizeof("\U0001f600") - 4
    for width, plain in ((4, "\U0001f600"), (2, "\u4e00")):
        length = max(1, (size_bytes - head) // width)
        beyond = max(1, (size_bytes - head - wide_bytes) - length)
        each = len(plain.encode()) - 1
        if beyond <= each * length:
            return plain * max(1, beyond // each) + "a" * max(0, length - max(1, beyond // each))
    return "a" * size_bytes


def _list(count: int, facts: dict[str, Any]) -> Built:
    del facts
    values = [None] * count
    return {"now": dict(enumerate(values, 1 << 10)), "list": values[:]}


def _rows(count: int, facts: dict[str, Any]) -> Built:
    kinds = facts["kinds"]
    now = [tuple(_VALUES[kind](i + at) for at, kind in enumerate(kinds)) for i in range(count)]
    return {
        "now": now,
        "columns": [
            array(_COLUMNS[kind], column)
            for kind, column in zip(kinds, zip(*now, strict=True), strict=True)
        ],
    }


def _bits(count: int, facts: dict[str, Any]) -> Built:
    values = list(range(facts["values"]))
    half = values[: max(1, len(values) // 2)]
    aside.append(values)
    return {
        "now": [set(half) for _ in range(count)],
        "int": [_own_int(len(values)) for _ in range(count)],
    }


def _own_int(bits: int) -> int:
    """A number of so many bits, of its own where numbers of that size are not shared."""
    return int("1" * bits, 2)


def _nested(count: int, facts: dict[str, Any]) -> Built:
    entries, values = facts["entries"], [None] * count
    now = [{(1 << 20) + at: None for at in range(entries)} for _ in values]
    aside.extend(key for each in now for key in each)
    return {
        "now": now,
        "tuples": [tuple(part for item in each.items() for part in item) for each in now],
        "pairs as keys": {(i, key): None for i, each in enumerate(now) for key in each},
    }


def _numerals(count: int, facts: dict[str, Any]) -> Built:
    """Texts that say numbers, in lists of a length (0: in none)."""
    whole = sum(share for _, share in facts["kinds"])
    kinds = [kind for kind, share in facts["kinds"] for _ in range(-(-count * share // whole))]
    ready = {"small int": lambda i: i % 257, **_VALUES}
    numbers = [ready[kind](i) for i, kind in enumerate(kinds[:count])]
    texts = ["1" * max(2, facts["size_bytes"] - 56) for _ in numbers]
    if not facts["length"]:
        return {"now": texts, "numbers": numbers}
    code, length = _COLUMNS["float" if "float" in kinds else "int"], facts["length"]
    starts = range(0, count, length)
    return {
        "now": [texts[at : at + length] for at in starts],
        "array": [array(code, numbers[at : at + length]) for at in starts],
    }


_BUILDERS = {
    "slots": _slots, "records": _records, "array": _array, "None": _none, "pool": _pool, "UTF-8": _utf8,
    "list": _list, "rows": _rows, "bits": _bits, "nested": _nested, "numerals": _numerals,
}  # fmt: skip


def main(path: str, recipes: list[tuple[str, int, dict[str, Any]]]) -> None:
    """Builds what each recipe tells, and writes the snapshot."""
    import heapwise

    with heapwise.record() as recording:
        for at, (kind, count, facts) in enumerate(recipes):
            try:
                built = _BUILDERS[kind](count, facts)
            except Exception:  # that finding stays computed, the others are weighed
                continue
            weighed.update({f"{at} {name}": held for name, held in built.items()})
            del built
        heapwise.snapshot(path)
        asked = {name: _asked(name, recording) for name in list(weighed)}
    sys.stdout.write(repr(asked))


def _asked(name: str, recording: Any) -> int:
    """What goes with what a list holds, without the list itself; with anything else as a whole."""
    gc.collect()  # empties the interpreter's stores of used objects, too
    before: int = recording.usage().in_use_bytes
    held = weighed.pop(name)
    if isinstance(held, list):
        held[:] = [None] * len(held)
    else:
        del held
    gc.collect()
    after: int = recording.usage().in_use_bytes
    return before - after


if __name__ == "__main__":
    main(sys.argv[1], literal_eval(sys.stdin.read()))
