"""HW601: many instances of a class without slots.

Each instance of a plain class carries room for a dict. With slots a record of four attributes takes 64 bytes and not
104 (CPython 3.13), and 112 bytes less where `vars`, `copy` or pickle made its dict.

What to do: `@dataclass(slots=True)`, or `__slots__ = (...)` (done by `--fix --unsafe` where every attribute is plain
to see). Costs: no attributes beyond those named, no weak references unless `__weakref__` is a slot. Clean: classes
that derive from others, that use `__dict__`, `vars`, `cached_property`, weak references; classes of few instances.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.bulk import Record, is_made_in_long_loop, made_in_bulk, record
from heapwise.lint.rule import Edit, Hit, edit, hit
from heapwise.lint.source import FUNCTIONS, Source

CODE = "HW601"
TITLE = "many instances without slots"
NEEDS = ("class ",)
_DICT_WORDS = (
    "__dict__",
    "vars(",
    "cached_property",
    "weakref",
    "__getattr__",
    "__setattr__",
    "__slots__",
)
_MODULE_WORDS = (
    "vars(",
    "weakref",
    "__dict__",
    "setattr(",
    "getattr(",
    "__getstate__",
    "__setstate__",
    "__reduce",
    "protocol",
    "getmembers",
    "dir(",
)
"""What may see, or change, that instances have a dict."""


def look(source: Source) -> Iterator[Hit]:
    """Record classes, made in a loop and kept."""
    for owner in source.of(ast.ClassDef):
        made = made_in_bulk(source, owner.name)
        if source.function(owner) is not None or made is None:
            continue
        found = record(source, owner)
        if not can_have_slots(source, found):
            continue
        yield of_class(source, found, sized=not is_made_in_long_loop(source, made))


def of_class(source: Source, found: Record, *, sized: bool = False) -> Hit:
    """The hit of a class that can have slots. sized: of how many instances is not plain."""
    return hit(
        source, found.node, CODE, TITLE, f"{found.node.name} is made in a loop, with a dict for each instance",
        fix=words(found), edits=slots_edits(source, found), sized=sized,
    )  # fmt: skip


def words(found: Record) -> str:
    """The change, as one would write it."""
    if found.is_dataclass:
        return "@dataclass(slots=True)"
    return f"__slots__ = {_tuple(found.names)}"


def can_have_slots(source: Source, found: Record) -> bool:
    """Whether a class has nothing that slots would take away, as far as its own text tells."""
    owner = found.node
    if found.has_slots or not found.names or owner.keywords:
        return False
    if any(source.dotted(base) != "object" for base in owner.bases):
        return False
    defined = {each.name for each in owner.body if isinstance(each, (*FUNCTIONS, ast.ClassDef))}
    if defined & set(found.names):  # a property, say
        return False
    fields = {t.id for each in owner.body for t in _targets(each) if isinstance(t, ast.Name)}
    if found.is_dataclass and set(found.names) - fields:
        return False
    text = ast.get_source_segment(source.text, owner) or ""
    if any(word in text for word in _DICT_WORDS):
        return False
    others = [source.dotted(d.func if isinstance(d, ast.Call) else d) for d in owner.decorator_list]
    return all(name == "dataclasses.dataclass" for name in others)


def slots_edits(source: Source, found: Record) -> tuple[Edit, ...]:
    """The change; nothing where the module writes attributes that the class does not name, or the class has
    defaults under the same names."""
    owner = found.node
    names = set(found.names)
    if any(word in source.text for word in _MODULE_WORDS) or _is_named_strangely(found):
        return ()
    if any(_names_protocol(source, each) for each in source.of(ast.Call)):
        return ()
    read_of_class = any(
        _is_of_class(source, node.value, owner.name) and node.attr in names
        for node in source.of(ast.Attribute)
    )
    written = {
        node.attr for node in source.of(ast.Attribute)
        if isinstance(node.ctx, (ast.Store, ast.Del))
        and not (
            isinstance(node.value, ast.Name)
            and node.value.id in ("self", "cls")
            and source.class_of(node) is not None
        )
    }  # fmt: skip
    inherited = any(
        isinstance(base, ast.Name) and base.id == owner.name and len(each.bases) > 1
        for each in source.of(ast.ClassDef)
        for base in each.bases
    )
    if written - names or inherited or read_of_class:
        return ()
    if found.decorator is not None:
        if not _may_be_made_anew(source, found):
            return ()
        kind = "Call" if isinstance(found.decorator, ast.Call) else type(found.decorator).__name__
        return (edit(source, found.decorator, _with_slots, kind=kind),)
    if _bound_in_body(owner) & names:
        return ()

    def change(node: Any) -> Any:
        return _with_slots_line(node, found.names)

    return (edit(source, owner, change),)


def _is_named_strangely(found: Record) -> bool:
    """Whether an attribute is none that a slot may have the name of."""
    return any(name.startswith("__") and name.endswith("__") for name in found.names)


def _names_protocol(source: Source, call: ast.Call) -> bool:
    """Whether a call pickles by a protocol of its own: old ones know no slots."""
    most = {"pickle.dumps": 1, "pickle.dump": 2}.get(source.dotted(call.func), len(call.args))
    return len(call.args) > most


def _is_of_class(source: Source, node: ast.expr, name: str) -> bool:
    """Whether an expression is the class itself: by its name, `cls`, `type(self)`, `self.__class__`."""
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return True
    if isinstance(node, ast.Name) and node.id == "cls":
        return True
    return source.called(node) == "type" or source.dotted(node) == name


def _may_be_made_anew(source: Source, found: Record) -> bool:
    """Whether a dataclass may be another class than its text makes, with slots for its defaults."""
    owner, decorator = found.node, found.decorator
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    options = {each.arg for each in given}
    derived = any(
        isinstance(base, ast.Name) and base.id == owner.name
        for each in source.of(ast.ClassDef) for base in each.bases
    )  # fmt: skip
    deleted = any(
        isinstance(n.ctx, ast.Del) and n.attr in found.names for n in source.of(ast.Attribute)
    )
    inside = list(ast.walk(owner))
    knows_itself = any(source.called(n) == "super" for n in inside)
    imported = any(
        isinstance(n, ast.alias) for each in owner.body for n in ast.iter_child_nodes(each)
    )
    return not (
        knows_itself
        or imported
        or deleted
        or options & {"slots", None}
        or ("frozen" in options and derived)
    )


def _bound_in_body(owner: ast.ClassDef) -> set[str]:
    """Names that the class itself has, however they are bound."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(owner.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return found


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _tuple(names: tuple[str, ...]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "") + ")"


def _with_slots(node: Any) -> Any:
    import libcst as cst

    slots = cst.Arg(
        cst.Name("True"), keyword=cst.Name("slots"),
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )  # fmt: skip
    if isinstance(node, cst.Call):
        kept = [each for each in node.args if each.keyword is None or each.keyword.value != "slots"]
        return node.with_changes(args=[*kept, slots])
    return cst.Call(node, [slots])


def _with_slots_line(node: Any, names: tuple[str, ...]) -> Any:
    import libcst as cst

    line = cst.parse_statement(f"__slots__ = {_tuple(names)}\n")
    body = list(node.body.body)
    at = 1 if node.get_docstring() is not None else 0
    body.insert(at, line)
    if at + 1 < len(body) and not getattr(body[at + 1], "leading_lines", ()):
        first = body[at + 1]
        if hasattr(first, "leading_lines"):
            body[at + 1] = first.with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    return node.with_changes(body=node.body.with_changes(body=body))
