"""Makes a collection load its items when they are asked for: the change of HW709."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from heapwise.lint.effects import is_pure
from heapwise.lint.source import FunctionNode, Source, is_self_attribute, names_in, parameters

LOADER = "_load"


@dataclass(frozen=True, slots=True)
class Eager:
    """An attribute that `__init__` fills in a loop over `item`, or by a comprehension, and `__getitem__` indexes."""

    attribute: str
    item: str


def eager(
    source: Source, owner: ast.ClassDef, init: FunctionNode, getter: FunctionNode
) -> Eager | None:
    """How a class loads everything, when the same can be done item by item: nothing else touches the attribute but
    `len`, and what is done for an item needs nothing of `__init__` but the item."""
    returned = getter.body[-1]
    if returned.lineno == getter.lineno or init.body[0].lineno == init.lineno:
        return None  # all on one line
    value = returned.value if isinstance(returned, ast.Return) else None
    if not isinstance(value, ast.Subscript) or not is_self_attribute(value.value):
        return None
    name = value.value.attr  # type: ignore[attr-defined]
    filled = (_filled(source, node, name) for node in init.body)
    found = next((each for each in filled if each is not None), None)
    taken = any(isinstance(n, ast.FunctionDef) and n.name == LOADER for n in owner.body)
    if found is None or taken or not _else_untouched(source, owner, init, value, name):
        return None
    item, work = found
    known = {each.arg for each in parameters(init)} - {"self"}
    known |= {n.id for s in init.body if not _is_work(s, work) for n in ast.walk(s)
              if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}  # fmt: skip
    needed = set().union(*(names_in(each) for each in work))
    made = {n.id for each in work for n in ast.walk(each)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}  # fmt: skip
    read = {n.id for s in init.body if not _is_work(s, work) for n in ast.walk(s)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}  # fmt: skip
    if (known - {item}) & needed or (made | {item}) & read or _has_effect(work, name):
        return None
    if any(isinstance(n.slice, ast.Slice) for n in source.of(ast.Subscript)) or not _loads_alone(
        source, work
    ):
        return None
    return Eager(name, item)


def _has_effect(work: list[ast.AST], name: str) -> bool:
    """Whether what is done for an item stores it elsewhere, or looks at the others."""
    nodes = [node for each in work for node in ast.walk(each)]
    stored = any(
        isinstance(n, (ast.Attribute, ast.Subscript)) and not isinstance(n.ctx, ast.Load)
        for n in nodes
    )
    return stored or any(is_self_attribute(n) and n.attr == name for n in nodes)  # type: ignore[attr-defined]


_READS = {"read_text", "read_bytes", "load", "loadtxt", "genfromtxt", "fromfile", "imread", "open", "read_csv",
          "read_parquet", "read_pickle", "load_file"}  # fmt: skip


def _loads_alone(source: Source, work: list[ast.AST]) -> bool:
    """Whether what is done for an item calls nothing but what loads it, and what only gives a value."""
    for call in (n for each in work for n in ast.walk(each) if isinstance(n, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        func = call.func
        if isinstance(func, ast.Attribute) and not source.dotted(
            func
        ):  # what it is called on is looked at by itself
            func = ast.Attribute(ast.Constant(0), func.attr, ast.Load())
        plain = ast.Call(func, [ast.Constant(0)] * bool(call.args), [])
        if (
            called not in _READS
            and source.dotted(call.func) != "open"
            and not is_pure(source, plain)
        ):
            return False
    return True


def _is_work(statement: ast.stmt, work: list[ast.AST]) -> bool:
    return any(node is each for each in work for node in ast.walk(statement))


def _filled(source: Source, node: ast.stmt, name: str) -> tuple[str, list[ast.AST]] | None:
    """(the loop's item, what is done for it) of a statement that fills an attribute."""
    if (
        isinstance(node, ast.For)
        and isinstance(node.target, ast.Name)
        and not node.orelse
        and node.body[0].lineno > node.lineno
    ):
        last = node.body[-1]
        call = last.value if isinstance(last, ast.Expr) else None
        plain = all(isinstance(each, (ast.Assign, ast.AnnAssign)) for each in node.body[:-1])
        if (
            plain
            and isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "append"
            and ast.unparse(call.func.value) == f"self.{name}"
        ):
            return node.target.id, [*node.body[:-1], *call.args]
    if (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.ListComp)
        and len(node.targets) == 1
    ):
        made = node.value
        first = made.generators[0]
        simple = len(made.generators) == 1 and not first.ifs and isinstance(first.target, ast.Name)
        if simple and ast.unparse(node.targets[0]) == f"self.{name}":
            return first.target.id, [made.elt]  # type: ignore[attr-defined]
    return None


def _else_untouched(
    source: Source, owner: ast.ClassDef, init: FunctionNode, indexed: ast.Subscript, name: str
) -> bool:
    # Outside of the class it would find paths where it found items.
    inside = {id(node) for node in ast.walk(owner)}
    if any(node.attr == name and id(node) not in inside for node in source.of(ast.Attribute)):
        return False
    for node in ast.walk(owner):
        if not is_self_attribute(node) or node.attr != name or source.function(node) is init:  # type: ignore[attr-defined]
            continue
        above = source.parent(node)
        counted = isinstance(above, ast.Call) and source.dotted(above.func) == "len"
        if above is not indexed and not counted:
            return False
    return True


def lazily(node: Any, found: Eager) -> Any:
    """The class with the items loaded in `__getitem__`."""
    import libcst as cst
    import libcst.matchers as m

    held = m.Attribute(m.Name("self"), m.Name(found.attribute))
    moved: list[Any] = []

    def filled(statement: Any) -> Any:
        """A statement of `__init__`, changed; None for one that is not needed any more."""
        if m.matches(statement, m.For()):
            *work, last = statement.body.body
            moved.extend([*work, _returning(last.body[0].value.args[0].value)])
            target = cst.AssignTarget(cst.Attribute(cst.Name("self"), cst.Name(found.attribute)))
            paths = cst.Call(cst.Name("list"), [cst.Arg(statement.iter)])
            return cst.SimpleStatementLine(
                [cst.Assign([target], paths)], leading_lines=statement.leading_lines
            )
        assigned = m.SimpleStatementLine([m.Assign([m.AssignTarget(held)], m.ListComp())])
        if m.matches(statement, assigned):
            made = statement.body[0].value
            moved.append(_returning(made.elt))
            return statement.deep_replace(
                made, cst.Call(cst.Name("list"), [cst.Arg(made.for_in.iter)])
            )
        targets = m.Assign([m.AssignTarget(held)]) | m.AnnAssign(target=held)
        return None if m.matches(statement, m.SimpleStatementLine([targets])) else statement

    def method(each: Any) -> Any:
        if m.matches(each, m.FunctionDef(m.Name("__init__"))):
            lines = [line for s in each.body.body if (line := filled(s)) is not None]
            return each.with_changes(body=each.body.with_changes(body=lines))
        if m.matches(each, m.FunctionDef(m.Name("__getitem__"))):
            last = each.body.body[-1]
            given = last.body[0].value
            loaded = cst.Call(cst.Attribute(cst.Name("self"), cst.Name(LOADER)), [cst.Arg(given)])
            changed = last.deep_replace(given, loaded)
            return each.with_changes(
                body=each.body.with_changes(body=[*each.body.body[:-1], changed])
            )
        return each

    body = [method(each) for each in node.body.body]
    taken = cst.Parameters([cst.Param(cst.Name("self")), cst.Param(cst.Name(found.item))])
    blank = [cst.EmptyLine(indent=False)]
    loader = cst.FunctionDef(cst.Name(LOADER), taken, cst.IndentedBlock(moved), leading_lines=blank)
    return node.with_changes(body=node.body.with_changes(body=[*body, loader]))


def _returning(value: Any) -> Any:
    import libcst as cst

    return cst.SimpleStatementLine([cst.Return(value)])
