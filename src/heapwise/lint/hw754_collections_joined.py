"""HW754: several collections are joined in one query.

`options(joinedload(Project.tasks), joinedload(Project.files))` of SQLAlchemy gives a row for each pair of a task and a
file: 300 of each are 90 000 rows, all of which are fetched before they become 600 objects.

What to do: `selectinload` of all, or of all but one: a query for each collection, with no pair. Costs: a query more for
each collection. Said only where a recording tells how much it is. Clean: one collection; relationships to one object; a
collection within another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.sessions import chain
from heapwise.lint.source import Source, keyword
from heapwise.lint.uses import all_uses

CODE = "HW754"
TITLE = "several collections joined at once"
SIZED = True
NEEDS = ("joinedload",)
_JOINED = {"sqlalchemy.orm.joinedload"}
_MANY = {"list", "List", "set", "Set", "Sequence", "Collection", "dict", "Dict", "WriteOnlyMapped"}
_ASKS = {"execute", "scalars", "scalar", "stream", "stream_scalars"}


def look(source: Source) -> Iterator[Hit]:
    """Queries with two and more `joinedload` of collections; hits stand where they ask the database."""
    seen: set[int] = set()
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "options":
            continue
        query = _whole(source, call)
        joined = [
            each
            for link in chain(query)[0]
            if isinstance(link, ast.Call)
            for each in _joined(source, link)
        ]
        if len(joined) < 2 or id(query) in seen:
            continue
        seen.add(id(query))
        for place in _asked(source, query):
            statement = source.statement(place) or place
            lines = set(range(statement.lineno, (place.end_lineno or place.lineno) + 1))
            yield hit(
                source, place, CODE, TITLE, f"{' and '.join(joined)} are joined: a row for each pair of theirs",
                saves=Saves.RELEASED, fix="selectinload in the place of joinedload",
                also=tuple(sorted(lines - set(range(place.lineno, (place.end_lineno or place.lineno) + 1)))),
            )  # fmt: skip


def _whole(source: Source, call: ast.expr) -> ast.expr:
    """The chain of calls that a call stands in."""
    while True:
        above = source.parent(call)
        outer = source.parent(above) if isinstance(above, ast.Attribute) else None
        if not isinstance(outer, ast.Call) or outer.func is not above:
            return call
        call = outer


def _joined(source: Source, link: ast.Call) -> list[str]:
    """The collections that a call of `options` joins, by name."""
    if not isinstance(link.func, ast.Attribute) or link.func.attr != "options":
        return []
    found = []
    for option in link.args:
        links, head = chain(option)
        first = next((n for n in (head, *reversed(links)) if source.called(n) in _JOINED), None)
        asked = first.args[0] if isinstance(first, ast.Call) and first.args else None
        if isinstance(asked, ast.Attribute) and _is_collection(source, asked):
            found.append(ast.unparse(asked))
    return found


def _is_collection(source: Source, asked: ast.Attribute) -> bool:
    """Whether a relationship is to many objects: by its annotation, or else by its name."""
    of_class = asked.value.id if isinstance(asked.value, ast.Name) else ""
    for owner in source.of(ast.ClassDef):
        for node in owner.body if owner.name == of_class else ():
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == asked.attr:
                words = ast.unparse(node.annotation).replace('"', "").replace("'", "")
                inner = words.removeprefix("Mapped[").partition("[")[0].rpartition(".")[2]
                return inner in _MANY
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == asked.attr:
                only = keyword(node.value, "uselist") if isinstance(node.value, ast.Call) else None
                if isinstance(only, ast.Constant) and only.value is False:
                    return False
    return asked.attr.endswith("s") and not asked.attr.endswith(("ss", "us", "is"))


def _asked(source: Source, query: ast.expr) -> Iterator[ast.expr]:
    """Where a statement is given to a session; the chain itself, where that asks."""
    method = (
        query.func.attr
        if isinstance(query, ast.Call) and isinstance(query.func, ast.Attribute)
        else ""
    )
    if method in ("all", "one", "one_or_none", "first", "get", "scalar_one"):
        yield query
        return
    for use in all_uses(source, query) or ():
        above = source.parent(use.place)
        asks = isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute)
        if asks and above.args[:1] == [use.place] and above.func.attr in _ASKS:  # type: ignore[union-attr]
            yield _whole(source, above)  # type: ignore[arg-type]
