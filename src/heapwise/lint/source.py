"""A source file as rules look at it: its tree, its names resolved by its imports, and who stands around whom."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
_LINE_END = re.compile(r"\r\n|\r|\n")
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.Lambda, ast.ClassDef, ast.Module)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Source:
    """One file. SyntaxError, or ValueError, when it is no Python that this interpreter reads."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text, path)
        self._parents: dict[ast.AST, ast.AST] = {}
        self._nodes: dict[type[ast.AST], list[ast.AST]] = {}
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
        builtins and imports whose names the module binds to something else."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        well_known = node.id in self.imports or hasattr(builtins, node.id)
        if well_known and node.id in self.own_names:
            return ""
        parts.append(self.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

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
