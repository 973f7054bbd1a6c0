"""A source file as rules look at it: its tree, its names resolved by its imports, and who stands around whom."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Mapping, Set
from functools import cached_property
from typing import NamedTuple, TypeVar

from heapwise.analyze.never_ran import empty_what_never_ran
from heapwise.lint.reaching import Bound, reaching

Node = TypeVar("Node", bound=ast.AST)
_LINE_END = re.compile(r"\r\n|\r|\n")
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.Lambda, ast.ClassDef, ast.Module)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Reads(NamedTuple):
    """The places that read what is bound in a scope, and nothing else."""

    scope: ast.AST
    reads: list[ast.Name]


class Source:
    """One file. SyntaxError, or ValueError, when it is no Python that this interpreter reads. ran: its lines that
    allocated, all of them: functions that cannot have run are empty; is_whole: none was."""

    def __init__(self, path: str, text: str, ran: Collection[int] = ()) -> None:
        self.path, self.text, self.ran = path, text, ran
        self.handed: dict[ast.expr, Set[FunctionNode | ast.ClassDef]] = {}  # by `calls`
        self.tree = ast.parse(text, path)
        self.is_whole = not ran or not empty_what_never_ran(self.tree, ran)
        self._parents: dict[ast.AST, ast.AST] = {}
        self._nodes: dict[type[ast.AST], list[ast.AST]] = {}
        self._reaching: dict[tuple[ast.AST, str], Mapping[ast.Name, Bound] | None] = {}
        self._read()

    def _read(self) -> None:
        """One pass over the tree: nodes by kind, and the parent of each."""
        nodes, parents = self._nodes, self._parents
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            nodes.setdefault(node.__class__, []).append(node)
            for name in node._fields:
                value = getattr(node, name, None)
                if value.__class__ is list:
                    for each in value:
                        if isinstance(each, ast.AST):
                            parents[each] = node
                            waiting.append(each)
                elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                    parents[value] = node
                    waiting.append(value)

    # --------------------------------------------------------------------------------------- nodes

    def of(self, kind: type[Node]) -> list[Node]:
        """All nodes of exactly this kind, in no order."""
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def functions(self) -> list[FunctionNode]:
        """Every `def` and `async def`."""
        return [*self.of(ast.FunctionDef), *self.of(ast.AsyncFunctionDef)]

    @cached_property
    def loads(self) -> dict[str, list[ast.Name]]:
        """Where each name is read."""
        found: dict[str, list[ast.Name]] = {}
        for node in self.of(ast.Name):
            if isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def functions_named(self) -> dict[str, list[FunctionNode]]:
        """Name -> the functions and methods of that name."""
        found: dict[str, list[FunctionNode]] = {}
        for each in self.functions:
            found.setdefault(each.name, []).append(each)
        return found

    @cached_property
    def attributes(self) -> dict[str, list[ast.Attribute]]:
        """Name -> where an attribute of that name is read, set or deleted."""
        found: dict[str, list[ast.Attribute]] = {}
        for each in self.of(ast.Attribute):
            found.setdefault(each.attr, []).append(each)
        return found

    @cached_property
    def bindings(self) -> list[tuple[ast.stmt, list[ast.expr], ast.expr]]:
        """(statement, targets, value) of every assignment, annotated or not."""
        found: list[tuple[ast.stmt, list[ast.expr], ast.expr]] = []
        found += ((n, n.targets, n.value) for n in self.of(ast.Assign))
        found += ((n, [n.target], n.value) for n in self.of(ast.AnnAssign) if n.value is not None)
        return found

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node around this one."""
        return self._parents.get(node)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around this one, from the innermost."""
        above = self._parents.get(node)
        while above is not None:
            yield above
            above = self._parents.get(above)

    def function(self, node: ast.AST) -> FunctionNode | None:
        """The `def` that a node stands in."""
        return next((each for each in self.around(node) if isinstance(each, FUNCTIONS)), None)

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, lambda, class or module whose names a node sees first."""
        return next((each for each in self.around(node) if isinstance(each, SCOPES)), self.tree)

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """The class whose method, or body, a node stands in."""
        return next((each for each in self.around(node) if isinstance(each, ast.ClassDef)), None)

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that a node is part of."""
        while not isinstance(node, ast.stmt):
            above = self._parents.get(node)
            if above is None:
                return None
            node = above
        return node

    def loop(self, node: ast.AST) -> ast.AST | None:
        """The loop or comprehension of the same function that repeats a node; what a loop iterates over
        is not repeated."""
        below = node
        for each in self.around(node):
            if isinstance(each, (*FUNCTIONS, ast.Lambda)):
                return None
            if isinstance(each, ast.While):
                return each
            if isinstance(each, (ast.For, ast.AsyncFor)) and below is not each.iter:
                return each if below not in each.orelse else None
            if isinstance(each, COMPREHENSIONS):
                first = each.generators[0]
                if below is not first or not _within(first.iter, node):
                    return each
            below = each
        return None

    # --------------------------------------------------------------------------------------- names

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name -> what it stands for, with its module."""
        found = {}
        for node in self.of(ast.Import):
            for alias in node.names:
                if alias.asname:
                    found[alias.asname] = alias.name
                else:
                    top = alias.name.split(".")[0]
                    found[top] = top
        for from_module in self.of(ast.ImportFrom):
            if not from_module.level:
                for alias in from_module.names:
                    found[alias.asname or alias.name] = f"{from_module.module}.{alias.name}"
        return found

    @cached_property
    def own_names(self) -> set[str]:
        """Names that the module binds itself, in any of its scopes, but for `name = None`."""
        found = {each.name for each in (*self.functions, *self.of(ast.ClassDef))}
        found |= {each.arg for each in self.of(ast.arg)}
        empty = {
            id(target)
            for _, targets, value in self.bindings
            if isinstance(value, ast.Constant) and value.value is None
            for target in targets
        }
        found |= {
            each.id for each in self.of(ast.Name)
            if not isinstance(each.ctx, ast.Load) and id(each) not in empty
        }  # fmt: skip
        return found

    @cached_property
    def binders(self) -> dict[str, list[tuple[ast.AST, ast.AST]]]:
        """Name -> (scope, what binds it there); where a `global` or `nonlocal` names it, that, too."""
        found: dict[str, list[tuple[ast.AST, ast.AST]]] = {}
        named: list[tuple[str | None, ast.AST]] = [
            *((n.id, n) for n in self.of(ast.Name) if isinstance(n.ctx, ast.Store)),
            *((n.name, n) for n in self.functions),
            *((n.name, n) for n in self.of(ast.ClassDef)),
            *((n.name, n) for n in self.of(ast.ExceptHandler)),
            *((n.name, n) for n in self.of(ast.MatchAs)),
            *((n.name, n) for n in self.of(ast.MatchStar)),
            *((n.rest, n) for n in self.of(ast.MatchMapping)),
            *(((n.asname or n.name).split(".")[0], n) for n in self.of(ast.alias)),
            *((n.arg, n) for n in self.of(ast.arg)),
        ]
        named += ((name, n) for n in self.of(ast.Global) for name in n.names)
        named += ((name, n) for n in self.of(ast.Nonlocal) for name in n.names)
        for name, node in named:
            if name is not None:
                found.setdefault(name, []).append((self.scope(node), node))
        return found

    def reads_of(self, binder: ast.Name | ast.arg | FunctionNode) -> Reads | None:
        """The places that read what is bound there; None where one of them may see another binding of the scope."""
        name = binder.id if isinstance(binder, ast.Name) else getattr(binder, "arg", "")
        name = name or binder.name  # type: ignore[union-attr]
        bound, scope = self.binders.get(name, []), self.scope(binder)
        if isinstance(scope, ast.ClassDef):
            return None
        if any(isinstance(node, (ast.Global, ast.Nonlocal)) for _, node in bound):
            return None
        scopes = {where for where, _ in bound}
        if any(where is scope and node is not binder for where, node in bound):
            return self._reads_of_one(scope, name, binder)
        reads = self.loads.get(name, ())
        return Reads(scope, [each for each in reads if self._scope_of_read(each, scopes) is scope])

    def _reads_of_one(self, scope: ast.AST, name: str, binder: ast.AST) -> Reads | None:
        """The reads of one of several bindings."""
        key = scope, name
        if key not in self._reaching:
            bound = [node for where, node in self.binders[name] if where is scope]
            self._reaching[key] = reaching(scope, name, bound)
        found = self._reaching[key]
        if found is None:
            return None
        own = [read for read, seen in found.items() if binder in seen]
        return Reads(scope, own) if all(len(found[read]) == 1 for read in own) else None

    def seen(self, read: ast.Name) -> list[ast.AST]:
        """What binds a name in the innermost scope that does, as a read of it sees them."""
        bound = self.binders.get(read.id, [])
        scope = self._scope_of_read(read, {where for where, _ in bound})
        return [each for where, each in bound if where is scope]

    def _scope_of_read(self, read: ast.Name, scopes: set[ast.AST]) -> ast.AST | None:
        """The innermost of the scopes that bind a name, as a read of it sees them."""
        first = True
        for each in self.around(read):
            if isinstance(each, SCOPES):
                if each in scopes and (first or not isinstance(each, ast.ClassDef)):
                    return each
                first = False
        return None

    def is_of_import(self, node: ast.Attribute) -> bool:
        """Whether it is an attribute of what is imported, as `json.load`."""
        first: ast.expr = node
        while isinstance(first, ast.Attribute):
            first = first.value
        return isinstance(first, ast.Name) and first.id in self.imports

    def is_generator(self, function: FunctionNode) -> bool:
        """Whether a function yields."""
        return any(
            isinstance(n, (ast.Yield, ast.YieldFrom)) and self.scope(n) is function
            for n in ast.walk(function)
        )

    @cached_property
    def exported(self) -> frozenset[str] | None:
        """The names that a module says others may import; None where it says none."""
        if "__all__" not in self.binders:
            return None
        return frozenset(
            each.value for _, targets, value in self.bindings
            if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
            for each in ast.walk(value)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )  # fmt: skip

    @cached_property
    def is_program(self) -> bool:
        """Whether a module does its work when it is run, or loaded: it calls a function of its own, or prints."""
        if '__name__ == "__main__"' in self.text.replace("'", '"'):
            return True
        names = {"print", *(each.name for each in self.functions)}
        return any(
            isinstance(each, ast.Expr)
            and isinstance(each.value, ast.Call)
            and isinstance(each.value.func, ast.Name)
            and each.value.func.id in names
            for each in self.tree.body
        )

    def is_free(self, module: str, name: str) -> bool:
        """Whether `import module`, or with a name `from module import name`, takes no name that is used."""
        bound = name or module.split(".")[0]
        meant = f"{module}.{name}" if name else bound
        return bound not in self.own_names and self.imports.get(bound, meant) == meant

    def has_comment(self, node: ast.expr) -> bool:
        """Whether a comment may stand within an expression of several lines."""
        last = node.end_lineno or node.lineno
        return last > node.lineno and any(
            "#" in line for line in self.lines[node.lineno - 1 : last]
        )

    def dotted(self, node: ast.AST | None) -> str:
        """`np.load` -> `numpy.load`: a name with its attributes, resolved; empty for other expressions, and for
        builtins and imports where the name stands for something else that the module binds."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        well_known = node.id in self.imports or hasattr(builtins, node.id)
        if well_known and node.id in self.own_names and not self._is_meant(node):
            return ""
        parts.append(self.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

    def _is_meant(self, read: ast.Name) -> bool:
        """Whether a name that other scopes bind to something else stands for its import, or builtin, here."""
        return all(isinstance(each, ast.alias) for each in self.seen(read))

    def returned(self, function: ast.AST) -> list[ast.expr | None]:
        """What the `return`s of a function give, not those of functions in it."""
        return [
            each.value
            for each in ast.walk(function)
            if isinstance(each, ast.Return) and self.scope(each) is function
        ]

    def called(self, node: ast.AST | None) -> str:
        """The resolved name of what a call calls; empty when it is no call."""
        return self.dotted(node.func) if isinstance(node, ast.Call) else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return _LINE_END.split(self.text)  # as Python counts them: a form feed ends none


def _within(outer: ast.AST, node: ast.AST) -> bool:
    return any(each is node for each in ast.walk(outer))


def names_in(node: ast.AST) -> set[str]:
    """The names that an expression reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument."""
    return next((each.value for each in call.keywords if each.arg == name), None)


def parameters(function: FunctionNode) -> list[ast.arg]:
    """Positional and keyword-only parameters, then *args and **kwargs."""
    a = function.args
    rest = [each for each in (a.vararg, a.kwarg) if each is not None]
    return [*a.posonlyargs, *a.args, *a.kwonlyargs, *rest]


def self_name(function: FunctionNode) -> str:
    """What a method calls its instance; empty when it has no positional parameter."""
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return first[0].arg if first else ""


def methods(owner: ast.ClassDef) -> list[FunctionNode]:
    """The functions in a class's body."""
    return [each for each in owner.body if isinstance(each, FUNCTIONS)]


def without_instance(owner: ast.ClassDef, name: str) -> bool:
    """Whether a method of a class knows no instance: a static or class method."""
    return any(
        isinstance(decorator, ast.Name) and decorator.id in ("staticmethod", "classmethod")
        for method in methods(owner) if method.name == name
        for decorator in method.decorator_list
    )  # fmt: skip


def is_self_attribute(node: ast.AST | None, name: str = "self") -> bool:
    """Whether an expression is `self.x`."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )


def is_true(node: ast.AST | None) -> bool:
    """Whether an expression is `True`."""
    return isinstance(node, ast.Constant) and node.value is True
