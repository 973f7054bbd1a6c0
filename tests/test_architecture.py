"""The house of the design, held by a test: who may import whom, and what files may look like."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "src" / "heapwise"
NATIVE = HOUSE / "native"

# Floors from the top down: a package may import from its own floor's package and from floors below.
FLOORS = [
    {"cli", "live", "web", "integrations"},
    {"compat"},
    {"render"},
    {"views"},
    {"findings", "lint", "prove"},
    {"analyze"},
    {"model"},
]
GROUND = {"errors", "units", "version", "config"}
FACES = FLOORS[0]


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = path
    return found


@cache
def imports(name: str, path: Path) -> set[str]:
    """Modules of ours that a module imports, lazily or not; type-checking imports count as well."""
    known = modules()
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in known else node.module or "")
    return {module for module in found if module.split(".")[0] == "heapwise"}


def home(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def allowed(source: str, target: str) -> bool:
    if target in GROUND or target in ("", "_native") or source == target:
        return target != "_native" or source in ("capture", "model", "lean")
    if source == "" or source == "__main__":
        return True  # the public face re-exports
    if source in GROUND:
        return False
    if source == "capture":
        return target == "model"
    if source == "lean":
        return False
    if target == "capture":
        return source in FACES | {"compat"}
    level = {name: depth for depth, floor in enumerate(FLOORS) for name in floor}
    if source not in level or target not in level:
        return False
    return level[source] < level[target]


def test_no_arrow_that_is_not_drawn() -> None:
    wrong = [
        f"{name} -> {target}"
        for name, path in modules().items()
        for target in imports(name, path)
        if not allowed(home(name), home(target))
    ]
    assert not wrong


def test_no_import_loops() -> None:
    known = modules()
    graph = {name: {t for t in imports(name, path) if t in known} for name, path in known.items()}
    graph.pop("heapwise")  # the public face is imported for the version and re-exports lazily
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"loop: {' -> '.join((*above, name))}"
        if name in done:
            return
        for target in sorted(graph.get(name, ())):
            visit(target, (*above, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_the_part_in_the_target_needs_the_standard_library_alone() -> None:
    for path in (PACKAGE / "capture").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                allowed_here = {"heapwise", "__future__", "os", "sys", "time", "atexit", "types",
                                "typing", "dataclasses", "collections", "gc", "cProfile", "ast",
                                "signal", "threading"}  # fmt: skip
                assert top in allowed_here, f"{path.name} imports {name}"


def test_files_and_functions_stay_small() -> None:
    wrong = []
    for path in [
        *PACKAGE.rglob("*.py"),
        *(HOUSE / "tools").glob("*.py"),
        *(HOUSE / "bench").glob("*.py"),
    ]:
        text = path.read_text()
        if text.count("\n") > 400:
            wrong.append(f"{path.name}: {text.count(chr(10))} lines")
        tree = ast.parse(text)
        assert text == "" or ast.get_docstring(tree), f"{path} has no docstring"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 70:
                wrong.append(f"{path.name}:{node.name}")
    for path in NATIVE.rglob("*.[ch]pp"):
        if path.read_text().count("\n") > 800:
            wrong.append(path.name)
    assert not wrong


def test_public_functions_have_docstrings() -> None:
    wrong = []
    for name, path in modules().items():
        for node in ast.parse(path.read_text()).body:
            public = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith(
                "_"
            )
            if public and not ast.get_docstring(node):
                wrong.append(f"{name}.{node.name}")
    assert not wrong


def test_python_is_met_in_two_native_folders_only() -> None:
    for path in NATIVE.rglob("*.[chp]*"):
        if path.suffix not in (".c", ".cpp", ".hpp", ".h"):
            continue
        text = path.read_text()
        folder = path.relative_to(NATIVE).parts[0]
        if folder not in ("cpython", "bind"):
            assert "Python.h" not in re.sub(r"//.*", "", text), path
            assert not re.search(r'#include "(cpython|bind)/', text), path
        if folder != "cpython":
            assert "PY_VERSION_HEX" not in text, path


@pytest.mark.parametrize(
    "name", ["recorder", "thread", "ticker", "checkpoint", "session", "column_writer"]
)
def test_hot_files_call_neither_python_nor_the_allocator(name: str) -> None:
    objects = sorted((HOUSE / "build").rglob(f"heapwise_core.dir/**/{name}.cpp.o"))
    assert objects, "the native core has not been built"
    symbols = subprocess.run(
        ["nm", "-u", str(objects[0])], capture_output=True, text=True, check=True
    ).stdout
    forbidden = re.findall(
        r"U (Py\w+|_Py\w+|malloc|calloc|realloc|free|_Zn[aw]\w+|__cxa_throw\w*)$", symbols, re.M
    )
    assert not forbidden
