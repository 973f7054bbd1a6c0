"""Trees of XML: where one is walked, and whether its elements are kept."""

from __future__ import annotations

import ast

from heapwise.lint.flow import reads_once, reduces
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, parameters

PARSERS = {
    f"{module}.{name}"
    for module in ("xml.etree.ElementTree", "xml.etree.cElementTree", "lxml.etree", "defusedxml.ElementTree")
    for name in ("parse", "fromstring", "XML")
}  # fmt: skip
_STEPS = {"getroot", "iter", "findall", "iterfind", "find", "iterchildren", "iterdescendants"}
_KEEPING = {"append", "add", "appendleft", "insert", "put", "setdefault", "extend"}


def one_pass(source: Source, parsed: ast.expr) -> ast.expr | None:
    """The iterable of the one pass that is all that is done with a parsed document; None where there is more."""
    node, loop = parsed, source.loop(parsed)
    while True:
        above = source.parent(node)
        if isinstance(above, ast.Attribute) and above.attr in _STEPS:
            call = source.parent(above)
            if not isinstance(call, ast.Call) or call.func is not above or _looks_around(call):
                return None
            node = call
        elif isinstance(above, ast.Assign):
            target = above.targets[0]
            if len(above.targets) != 1 or not isinstance(target, ast.Name):
                return None
            use = only_use(source, above, target.id)
            if use is None or source.loop(use) is not loop:
                return None
            node = use
        else:
            return node if reads_once(source, node) and source.loop(node) is loop else None


def _looks_around(call: ast.Call) -> bool:
    """Whether a path goes by what stands around an element."""
    return any(isinstance(each, ast.Constant) and ".." in str(each.value) for each in call.args)


def keeps_elements(source: Source, use: ast.expr) -> bool:
    """Whether the pass over an iterable keeps its elements; their texts and attributes are none."""
    above = source.parent(use)
    if isinstance(above, (ast.For, ast.AsyncFor)):
        names = {n.id for n in ast.walk(above.target) if isinstance(n, ast.Name)}
        inside = [n for each in above.body for n in ast.walk(each)]
        return _climbs(inside) or any(
            isinstance(n, ast.Name) and n.id in names and _is_stored(source, n) for n in inside
        )
    if isinstance(above, ast.comprehension):
        outer = source.parent(above)
        names = {n.id for n in ast.walk(above.target) if isinstance(n, ast.Name)}
        made = [getattr(outer, name, None) for name in ("elt", "key", "value")]
        bare = any(_is_bare(each, names) for each in made)
        return bare and not (isinstance(outer, ast.GeneratorExp) and reduces(source, outer))
    return False


def _climbs(nodes: list[ast.AST]) -> bool:
    """Whether elements are asked for what is around them."""
    around = {"getparent", "getprevious", "getnext", "iterancestors", "itersiblings", "xpath"}
    return any(isinstance(n, ast.Attribute) and n.attr in around for n in nodes)


def _is_bare(node: ast.expr | None, names: set[str]) -> bool:
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return any(_is_bare(each, names) for each in node.elts)
    return isinstance(node, ast.Name) and node.id in names


def _is_stored(source: Source, name: ast.Name, depth: int = 2) -> bool:
    """Whether an element itself is put somewhere, or given back, here or by the module's function that gets it."""
    node: ast.AST | None = name
    above = source.parent(name)
    while isinstance(above, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred)):
        node, above = above, source.parent(above)
    if isinstance(above, ast.Call):
        if node not in above.args:
            return False
        called = above.func
        method = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return method in _KEEPING or (depth > 0 and _stores_a_parameter(source, method, depth - 1))
    return isinstance(above, (ast.Return, ast.Yield, ast.Assign, ast.NamedExpr))


def _stores_a_parameter(source: Source, name: str, depth: int) -> bool:
    for function in (each for each in source.functions if each.name == name):
        taken = {each.arg for each in parameters(function)} - {"self"}
        reads = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id in taken)
        if any(_is_stored(source, each, depth) for each in reads):
            return True
    return False
