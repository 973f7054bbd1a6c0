"""HW748: all is made to be counted.

`len(Order.objects.filter(...))` fetches every row, and makes an object of each, for a number that the database knows;
so do `if orders:`, `len(session.scalars(...).all())`, `if cursor.fetchall():`. `len(table[table.age > 30])` copies the
rows, `len(np.where(mask)[0])` lists their places, `len(text.split("\\n"))`, `len(re.findall(...))`, `len(list(rows))`
make every part, and `len(file.read())` reads the file.

What to do: ask for the number, or whether there is one: `count()`, `exists()`; `select(func.count())`, `fetchone()`;
`np.count_nonzero(mask)`, `mask.sum()`, `mask.any()`; `text.count("\\n")`, `sum(1 for _ in rows)`, `any(...)`; the size
of the file. Costs: one query, or one pass, for the number alone. Said only where a recording tells how much it is.
Clean: what is gone through, kept or shown as well, which then is made once; `len(set(...))`, which must know all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.flow import makes_list
from heapwise.lint.gathering import gathers
from heapwise.lint.querysets import is_query_set
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.sessions import is_mapped
from heapwise.lint.source import COMPREHENSIONS, Source, names_in
from heapwise.lint.texts import is_open_file, is_read_of_path
from heapwise.lint.uses import all_uses

CODE = "HW748"
TITLE = "all made to be counted"
SIZED = True
_COUNT, _ANY, _FIRST = "count", "any", "first"
_ARRAYS = {"numpy", "pandas", "polars"}
_SIZES = {"size", "shape"}
_SELECTED = {"numpy.where", "numpy.nonzero"}
_PLACES = {"numpy.flatnonzero", "numpy.argwhere"}
_ROWS = ("select(func.count())", "first()")
_PATTERNS = ("sum(1 for _ in pattern.finditer(text))", "pattern.search(text)")
_ITEMS = ("sum(1 for ... in ...)", "any(...), or next(..., None)")
_MASK = ("np.count_nonzero(mask), or mask.sum()", "mask.any()")


class _Made(NamedTuple):
    """node: what makes all of it. fixes: to count, and to know whether there is one. is_late: whether it is made where
    it is looked at. has_first: whether its first may be asked for as well."""

    node: ast.expr
    fixes: tuple[str, str]
    is_late: bool = False
    has_first: bool = True
    saves: Saves = Saves.WHOLE


def look(source: Source) -> Iterator[Hit]:
    """What makes all, where its length, or whether there is one, is all that is asked for."""
    yield from _prefetched(source)
    for made in _makers(source):
        uses = all_uses(source, made.node)
        if not uses:
            continue
        places = sorted(
            (use.place for use in uses), key=lambda each: (each.lineno, each.col_offset)
        )
        asked = [(each, _asked(source, each)) for each in places]
        if made.is_late:
            asked = [each for each in asked if each[1] or not _is_asked_anew(source, each[0])]
        kinds = {kind for _, kind in asked}
        if (
            not kinds
            or "" in kinds
            or kinds == {_FIRST}
            or (_FIRST in kinds and not made.has_first)
        ):
            continue
        place = asked[0][0] if made.is_late else made.node
        also = {each.lineno for each, _ in asked} if made.is_late else set()
        yield hit(
            source, place, CODE, TITLE, f"all of {shown(made.node)} is made, and {_WORDS[_COUNT in kinds]}",
            saves=made.saves, fix=made.fixes[_COUNT not in kinds], also=tuple(sorted(also - {place.lineno})),
        )  # fmt: skip


def _prefetched(source: Source) -> Iterator[Hit]:
    """`prefetch_related("posts")`, where of each thread `len(thread.posts.all())` is all that is asked."""
    for call in source.of(ast.Call):
        names = [str(each.value) for each in call.args if isinstance(each, ast.Constant)]
        if getattr(call.func, "attr", "") != "prefetch_related" or len(names) != len(call.args):
            continue
        for name in names:
            uses = source.attributes.get(name, [])
            if uses and all(_is_counted(source, each) for each in uses):
                yield hit(
                    source, call, CODE, TITLE, f"every row of {name} is fetched, and they are only counted",
                    saves=Saves.WHOLE, fix=f"annotate({name}_count=Count({name!r})) in the place of prefetch_related",
                )  # fmt: skip


def _is_counted(source: Source, place: ast.expr) -> bool:
    """`len(x.posts.all())`, `x.posts.count()`."""
    method = source.parent(place)
    call = source.parent(method) if isinstance(method, ast.Attribute) else None
    if not isinstance(method, ast.Attribute) or not isinstance(call, ast.Call):
        return False
    return method.attr == "count" or (
        method.attr == "all" and source.called(source.parent(call)) == "len"
    )


_WORDS = {True: "counted", False: "asked whether there is one"}


def _makers(source: Source) -> Iterator[_Made]:
    for call in source.of(ast.Call):
        found = _of_call(source, call)
        if found is not None:
            yield found
    for part in source.of(ast.Subscript):
        if isinstance(part.ctx, ast.Load) and (
            _is_masked(source, part) or _is_of_where(source, part)
        ):
            yield _Made(part, _MASK, has_first=False, saves=Saves.TEMPORARIES)
    for made in source.of(ast.ListComp):
        if makes_list(source, made):
            yield _Made(made, _ITEMS)


def _of_call(source: Source, call: ast.Call) -> _Made | None:
    name = source.dotted(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    given = call.args[0] if len(call.args) == 1 and not call.keywords else None
    if name in ("list", "tuple") and given is not None:
        if is_query_set(source, given):
            return _Made(call, ("count()", "exists()"))
        return _Made(call, _ITEMS) if gathers(source, call) or makes_list(source, call) else None
    if name in _PLACES:
        plain = given is not None and _is_plain(given)
        return _Made(call, _MASK, has_first=False, saves=Saves.TEMPORARIES) if plain else None
    if not method:
        return None
    if is_query_set(source, call):
        return _Made(call, ("count()", "exists()"), is_late=True)
    if method in ("all", "fetchall") and not call.args and not call.keywords:
        if is_mapped(source, call):
            return _Made(call, _ROWS, saves=Saves.RELEASED)
        return _Made(call, ("SELECT count(*)", "fetchone()")) if method == "fetchall" else None
    if name == "re.findall" or (method == "findall" and given is not None and not _is_tree(source)):
        return _Made(call, _PATTERNS)
    return _of_text(source, call, method)


def _of_text(source: Source, call: ast.Call, method: str) -> _Made | None:
    """Parts of a text, and files."""
    assert isinstance(call.func, ast.Attribute)
    if (
        method in ("split", "splitlines")
        and len(call.args) <= 1
        and not source.is_of_import(call.func)
    ):
        parts = 'sum(1 for _ in re.finditer(r"\\S+", text))'
        words = method == "split" and not call.args
        return _Made(
            call, (parts if words else 'text.count("\\n")', "the text itself"), has_first=False
        )
    is_file = (
        method in ("read", "readlines") and not call.args and is_open_file(source, call.func.value)
    )
    if method == "readlines" and is_file:
        return _Made(call, ("sum(1 for line in file)", "next(file, None)"))
    if is_file or is_read_of_path(source, call):
        size = "os.path.getsize(path)"
        return _Made(call, (f"{size}; of characters sum(map(len, file))", size), has_first=False)
    return None


def _is_tree(source: Source) -> bool:
    """Whether a file has to do with XML, whose elements have a `findall` of their own."""
    return any("xml" in each or "Tree" in each for each in source.imports.values())


def _is_masked(source: Source, part: ast.Subscript) -> bool:
    """`table[table.age > 30]`, `values[(values > 0) & known]`."""
    index = part.slice
    while isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.Invert):
        index = index.operand
    if isinstance(index, ast.BinOp) and isinstance(index.op, (ast.BitAnd, ast.BitOr)):
        compared = any(isinstance(each, ast.Compare) for each in (index.left, index.right))
        return compared and _is_plain(index)
    if not isinstance(index, ast.Compare) or not isinstance(part.value, (ast.Name, ast.Attribute)):
        return False
    plain = _is_plain(index) and not any(
        isinstance(each, (ast.In, ast.NotIn, ast.Is, ast.IsNot)) for each in index.ops
    )
    of_values = isinstance(index.comparators[0], ast.Constant) or names_in(part.value) & names_in(
        index
    )
    known = {each.split(".")[0] for each in source.imports.values()}
    return plain and bool(of_values) and not known.isdisjoint(_ARRAYS)


def _is_of_where(source: Source, part: ast.Subscript) -> bool:
    """`np.where(mask)[0]`."""
    made = part.value
    first = isinstance(part.slice, ast.Constant) and part.slice.value == 0
    if not first or not isinstance(made, ast.Call) or source.dotted(made.func) not in _SELECTED:
        return False
    return len(made.args) == 1 and _is_plain(made.args[0])


def _is_plain(mask: ast.expr) -> bool:
    """Whether a mask computes nothing that takes more than it does."""
    if isinstance(mask, ast.Compare):
        return not any(isinstance(n, (ast.Call, ast.BinOp)) for n in ast.walk(mask))
    if isinstance(mask, ast.BinOp):
        return _is_plain(mask.left) and _is_plain(mask.right)
    return isinstance(mask, (ast.Name, ast.Attribute)) or (
        isinstance(mask, ast.UnaryOp) and _is_plain(mask.operand)
    )


def _asked(source: Source, place: ast.expr) -> str:
    """What is asked of all that stands there: how many, whether there is one, which is the first; empty for more."""
    above = source.parent(place)
    if isinstance(above, ast.Call) and above.args == [place] and not above.keywords:
        name = source.dotted(above.func)
        if name == "len":
            return _ANY if _is_of_one(source, above) else _COUNT
        return _ANY if name == "bool" else ""
    if isinstance(above, ast.Attribute) and above.value is place and above.attr in _SIZES:
        outer = source.parent(above)
        of_rows = isinstance(outer, ast.Subscript) and ast.unparse(outer.slice) == "0"
        return _COUNT if above.attr == "size" or of_rows else ""
    if isinstance(above, ast.Subscript) and above.value is place:
        return _FIRST if ast.unparse(above.slice) == "0" and isinstance(above.ctx, ast.Load) else ""
    if isinstance(above, ast.comprehension) and above.iter is place:
        outer = source.parent(above)
        counts = isinstance(outer, ast.GeneratorExp) and isinstance(outer.elt, ast.Constant)
        alone = isinstance(outer, COMPREHENSIONS) and len(outer.generators) == 1 and not above.ifs
        return _COUNT if counts and alone else ""
    return _ANY if _is_truth(source, place) else ""


def _is_of_one(source: Source, counted: ast.Call) -> bool:
    """Whether a length is compared with 0, or asked as a truth."""
    above = source.parent(counted)
    if isinstance(above, ast.Compare) and len(above.comparators) == 1:
        other = above.comparators[0] if above.left is counted else above.left
        return isinstance(other, ast.Constant) and other.value == 0
    return _is_truth(source, counted)


def _is_truth(source: Source, place: ast.expr) -> bool:
    """Whether an expression stands where only whether it is empty tells."""
    above = source.parent(place)
    if isinstance(above, ast.BoolOp):
        return _is_truth(source, above)
    if isinstance(above, ast.UnaryOp):
        return isinstance(above.op, ast.Not)
    return isinstance(above, (ast.If, ast.While, ast.IfExp)) and above.test is place


def _is_asked_anew(source: Source, place: ast.expr) -> bool:
    """Whether a query set is only asked to make another, or asks the database by itself."""
    above = source.parent(place)
    if not isinstance(above, ast.Attribute) or above.attr == "iterator":
        return False
    call = source.parent(above)
    return isinstance(call, ast.Call) and call.func is above
