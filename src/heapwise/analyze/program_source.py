"""The source of a program as a whole: its trees, who stands around whom, its classes and what they store."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, TypeVar

from heapwise.analyze.never_ran import empty_what_never_ran, lines_that_ran
from heapwise.analyze.read_keys import keys_read_of
from heapwise.analyze.remembered import remembered
from heapwise.analyze.statement import LOOPS, last_name, tree_of
from heapwise.model.snapshot import Snapshot

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*FUNCTIONS, ast.Lambda, ast.Module)
_MOST_BESIDE = 500
_BY_NAME = frozenset(("getattr", "hasattr", "attrgetter"))
_OF_ALL = frozenset((
    "vars", "asdict", "astuple", "_asdict", "model_dump", "deepcopy", "copy", "attrs_asdict", "getmembers",
    "jsonpickle", "Template", "from_string", "get_template", "TemplateResponse", "from_orm", "model_validate",
    "jsonify", "pformat",
))  # fmt: skip
"""Calls that may read all attributes of what they are given, or of what a template names."""
_LEAST_TABLE, _MOST_BETWEEN = 1 << 16, 1 << 13
_CODE = re.compile(r"\b(?:def|class|lambda|for|if|with|import)\b")
"""A large file with so few of these words, one in so many characters, is data: it has no uses to tell of."""
_PICKLES = frozenset(
    ("pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml")
)


class ProgramSource:
    """Files of a program, read. is_known: whether all of them are Python that this interpreter reads."""

    def __init__(
        self,
        texts: Iterable[str],
        paths: Sequence[Path] = (),
        ran: Mapping[str, Collection[int]] | None = None,
    ) -> None:
        """paths: of the files, in the same order, where they are known. ran: file -> its lines that allocated, all of
        them: functions that cannot have run are left out."""
        self.trees: list[ast.Module] = []
        self.is_known = True
        self._lines_of_descent: dict[str, frozenset[str]] = {}
        self._above: dict[ast.AST, ast.AST] = {}
        self._file_of: dict[ast.AST, str] = {}
        for text, path in zip_longest(texts, paths, fillvalue=""):
            tree = tree_of(str(text))
            self.is_known &= tree is not None
            if tree is not None:
                if lines := (ran or {}).get(str(path)):
                    empty_what_never_ran(tree, lines)
                self.trees.append(tree)
                self._file_of[tree] = str(path)
        self._of_kind: dict[type[ast.AST], list[ast.AST]] = {}
        for node in (each for tree in self.trees for each in ast.walk(tree)):
            self._of_kind.setdefault(type(node), []).append(node)
            for child in ast.iter_child_nodes(node):
                if not isinstance(
                    child, (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
                ):
                    self._above[child] = node

    def of(self, kind: type[Node]) -> list[Node]:
        """All nodes of exactly this kind."""
        return self._of_kind.get(kind, [])  # type: ignore[return-value]

    def above(self, node: ast.AST) -> ast.AST | None:
        """What a node is part of."""
        return self._above.get(node)

    def file_of(self, node: ast.AST) -> str:
        """The file that a node stands in."""
        while (above := self._above.get(node)) is not None:
            node = above
        return self._file_of.get(node, "")

    def scope_of(self, node: ast.AST) -> ast.AST:
        """The function, lambda or file that a node stands in."""
        while (above := self._above.get(node)) is not None:
            node = above
            if isinstance(node, _SCOPES):
                break
        return node

    def is_in_loop(self, node: ast.AST) -> bool:
        """Whether a loop of its function, or of its file, comes to a node again and again: what a loop goes through is
        made once."""
        scope, above = self.scope_of(node), self._above.get(node)
        while above is not None and above is not scope:
            is_walked = isinstance(above, (ast.For, ast.AsyncFor)) and above.iter is node
            if isinstance(above, ast.comprehension) and above.iter is node:
                node, above = above, self._above.get(above)
                is_walked = above is not None and above.generators[0] is node  # type: ignore[attr-defined]
            if isinstance(above, LOOPS) and not is_walked:
                return True
            node, above = above, self._above.get(above)  # type: ignore[assignment, arg-type]
        return False

    def is_of_library(self, node: ast.expr) -> bool:
        """Whether a name stands for what calls of an imported module give, and for nothing else, in its function:
        `process` of `process = await asyncio.create_subprocess_exec(...)`."""
        if not isinstance(node, ast.Name):
            return False
        scope = self.scope_of(node)
        stores = [each for each in self._stores.get(node.id, ()) if self.scope_of(each) is scope]
        return (
            isinstance(scope, FUNCTIONS) and bool(stores) and all(map(self._binds_imported, stores))
        )

    def _binds_imported(self, store: ast.Name) -> bool:
        above = self.above(store)
        value = above.value if isinstance(above, ast.Assign) else None
        if isinstance(value, ast.Await):
            value = value.value
        if not isinstance(value, ast.Call):
            return False
        root: ast.expr = value.func
        while isinstance(root, ast.Attribute):
            root = root.value
        return isinstance(root, ast.Name) and root.id in self._modules

    @cached_property
    def _stores(self) -> dict[str, list[ast.Name]]:
        """Name -> where it is bound."""
        found: dict[str, list[ast.Name]] = {}
        for each in self.of(ast.Name):
            if isinstance(each.ctx, ast.Store):
                found.setdefault(each.id, []).append(each)
        return found

    @cached_property
    def _modules(self) -> frozenset[str]:
        """Names of modules that are imported, and are none of the program's files."""
        own = {Path(each).stem for each in self._file_of.values()}
        names = (name for each in self.of(ast.Import) for name in each.names)
        return frozenset(
            (each.asname or each.name).partition(".")[0]
            for each in names
            if each.name.partition(".")[0] not in own
        )

    def is_returned(self, node: ast.AST, function: str) -> bool:
        """Whether it is what a function of that name returns, or an item of a tuple that is."""
        above, scope = self.above(node), self.scope_of(node)
        if isinstance(above, ast.Tuple):
            above = self.above(above)
        return isinstance(above, ast.Return) and getattr(scope, "name", "") == function

    @cached_property
    def functions(self) -> Sequence[Function]:
        """All functions that have a name."""
        return [*self.of(ast.FunctionDef), *self.of(ast.AsyncFunctionDef)]

    @cached_property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """Name -> the classes of that name."""
        found: dict[str, list[ast.ClassDef]] = {}
        for each in self.of(ast.ClassDef):
            found.setdefault(each.name, []).append(each)
        return found

    def is_of_stranger(self, node: ast.Attribute, owner: str, *, of_instance: bool) -> bool:
        """Whether `self.x` stands in a class that has nothing to do with a class of the program: neither derives from
        the other. of_instance: that an instance of exactly this class has nothing of: it doesn't derive from it."""
        method = self.scope_of(node)
        above = self.above(method)
        if not isinstance(method, FUNCTIONS) or not isinstance(above, ast.ClassDef):
            return False
        first = next(iter((*method.args.posonlyargs, *method.args.args)), None)
        if first is None or not isinstance(node.value, ast.Name) or node.value.id != first.arg:
            return False
        is_below = not of_instance and owner in self.ancestors(above.name)
        return not is_below and above.name not in self.ancestors(owner)

    def ancestors(self, name: str) -> frozenset[str]:
        """Names of classes that a class may derive from, its own among them; of bases whose names are not known all."""
        if name not in self._lines_of_descent:
            found, waiting = {name}, [name]
            while waiting:
                for base in (b for each in self.classes.get(waiting.pop(), ()) for b in each.bases):
                    plain = base.value if isinstance(base, ast.Subscript) else base
                    above = {last_name(plain)} if last_name(plain) else set(self.classes)
                    waiting += above - found
                    found |= above
            self._lines_of_descent[name] = frozenset(found)
        return self._lines_of_descent[name]

    @cached_property
    def stored(self) -> frozenset[str]:
        """Names of attributes that the program itself gives to instances: `self.x = ...`, fields in a class's body,
        slots."""
        names = {each.attr for each in self.of(ast.Attribute) if isinstance(each.ctx, ast.Store)}
        for statement in (each for found in self.of(ast.ClassDef) for each in found.body):
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            if isinstance(statement, ast.AnnAssign):
                targets = [statement.target]
            names |= {each.id for each in targets if isinstance(each, ast.Name)}
            if names & {"__slots__"} and isinstance(statement, ast.Assign):
                names |= set(texts_of(statement.value))
        return frozenset(names)

    @cached_property
    def reads_all(self) -> bool:
        """Whether attributes may be read that no name tells: `getattr(x, name)`, `vars(x)`, `pickle`, templates."""
        if any(each.attr == "__dict__" for each in self.of(ast.Attribute)):
            return True
        return any(self._may_read_all(each) for each in self.of(ast.Call))

    @cached_property
    def reads_any_name(self) -> bool:
        """The same, but for what only copies."""
        calls = (
            each for each in self.of(ast.Call) if last_name(each.func) not in ("copy", "deepcopy")
        )
        return any(each.attr == "__dict__" for each in self.of(ast.Attribute)) or any(
            self._may_read_all(each) for each in calls
        )

    def _may_read_all(self, call: ast.Call) -> bool:
        """Whether a call may read all attributes; `getattr(x, name)()` asks for what can be called. Of a function of
        the program that is called like one that fills in templates, what it calls tells."""
        above = self.above(call)
        if last_name(call.func) == "getattr" and isinstance(above, ast.Call) and above.func is call:
            return False
        own = isinstance(call.func, ast.Name) and call.func.id in {
            each.name for each in self.functions
        }
        return _reads_all(call) and not (own and call.func.id.startswith("render"))  # type: ignore[attr-defined]

    @cached_property
    def called_by_name(self) -> Sequence[ast.Call]:
        """Calls of what is asked for by a name that no text tells, as `getattr(x, name)(...)`."""
        calls = self.of(ast.Call)
        named = ((each, each.func) for each in calls if isinstance(each.func, ast.Call))
        return [each for each, by in named if last_name(by.func) == "getattr" and _reads_all(by)]

    @cached_property
    def reads_all_keys(self) -> bool:
        """Whether values of mappings may be read whose keys no text tells."""
        called = {last_name(each.func) for each in self.of(ast.Call)}
        return bool(called & {"items", "values", "copy", "update"}) or any(
            keys_read_of(tree).whole for tree in self.trees
        )

    @cached_property
    def named(self) -> frozenset[str]:
        """Names of attributes that are asked for by texts, or by the patterns of `match`."""
        found = {
            text for call in self.of(ast.Call) if last_name(call.func) in _BY_NAME
            for each in call.args for text in texts_of(each)
        }  # fmt: skip
        found |= {name for each in self.of(ast.MatchClass) for name in each.kwd_attrs}
        return frozenset(part for name in found for part in name.split("."))


def script_of(meta: Mapping[str, Any]) -> Path:
    """The script that was run; a path that is none of a file for `-m` and `-c`."""
    words = [str(word) for word in meta.get("command") or ()]
    names = [word for word in words[1:] if word.endswith(".py")]
    return (Path(str(meta.get("directory") or ".")) / (names[0] if names else "")).resolve()


@remembered
def program_source(snapshot: Snapshot) -> ProgramSource:
    """The files of a program that allocated and are as they ran, and those beside them that its modules are of. Read
    once for a snapshot."""
    stacks = snapshot.stacks
    recorder = Path(str(snapshot.meta.get("package_directory") or "/dev/null"))
    named = dict.fromkeys(frame.file for frame in stacks.frames)
    own = (Path(each) for each in named if stacks.is_user_file(each) and stacks.is_as_it_ran(each))
    files = [path for path in own if not path.is_relative_to(recorder)]
    read = list(_read([*files, *_beside(snapshot, files)]))
    return ProgramSource(
        [text for _, text in read],
        [path for path, _ in read],
        lines_that_ran(snapshot.meta, stacks.frames),
    )


def _beside(snapshot: Snapshot, files: Sequence[Path]) -> Iterator[Path]:
    """The files in the same folders that modules have the names of."""
    modules = {module.rpartition(".")[2] for module in snapshot.namespaces.values()}
    for folder in dict.fromkeys(path.parent for path in files):
        there = (folder / f"{module}.py" for module in sorted(modules))
        yield from islice(
            (path for path in there if path not in files and path.is_file()), _MOST_BESIDE
        )


def _read(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The texts of files that are code: a tree takes many times as much as the table that it is of."""
    for each in files:
        try:
            text = each.read_text("utf-8", "replace")
        except OSError:
            continue
        if len(text) < _LEAST_TABLE or len(_CODE.findall(text)) * _MOST_BETWEEN > len(text):
            yield each, text


def _reads_all(call: ast.Call) -> bool:
    called = last_name(call.func)
    of = last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if called in ("getattr", "attrgetter"):
        names = call.args[1:2] if called == "getattr" else call.args
        return not all(isinstance(each, ast.Constant) for each in names)
    if called in ("dump", "dumps", "dump_all"):
        return of in _PICKLES or any(each.arg in ("default", "cls") for each in call.keywords)
    if called == "copy":
        return of == "copy"
    return called in _OF_ALL or called.startswith("render") or of in _PICKLES


def texts_of(node: ast.AST) -> Iterator[str]:
    """The texts in an expression."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
