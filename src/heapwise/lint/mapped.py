"""Arrays that are read whole from files, and of which parts alone are looked at: the files could be mapped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.lint.flow import open_mode
from heapwise.lint.gone_through import is_gone_through
from heapwise.lint.source import Source, is_self_attribute, names_in
from heapwise.lint.texts import made_by, opened_to_read_whole
from heapwise.lint.uses import all_uses

NEEDS = (".load(", "fromfile", "h5py", "read_bytes", ".read()")
_ASKED = ("shape", "dtype", "ndim", "size", "nbytes", "itemsize")
_CONSTANT_KEYWORDS = {"numpy.load": {"allow_pickle"}, "numpy.fromfile": {"dtype"}}
_INSTEAD = {
    "numpy.load": 'np.load(path, mmap_mode="r"): the file is read where it is looked at',
    "numpy.fromfile": 'np.memmap(path, dtype, mode="r"): the file is read where it is looked at',
}
_OF_HDF5 = "the data set itself, of a file that stays open: it is read where it is looked at"
CHUNKS = "for start in range(0, len(data), data.chunks[0]): data[start : start + data.chunks[0]], of the data set"
_OF_BYTES = "mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ): the file is read where it is looked at; or seek"
_ARRAYS = {"numpy.array", "numpy.asarray"}
_LISTS = {"list", "sorted", "numpy.array", "numpy.asarray"}
_PACKED = {"gzip.open", "bz2.open", "lzma.open"}
_NUMBERS = {"int", "len", "min", "max", "random.randrange", "bisect.bisect", "bisect.bisect_left"}
_LOOKS_UP = {"get", "index", "searchsorted", "item", "get_loc"}
_MASK = re.compile(
    r"mask|keep|kept|where|cond|flag|select|valid|order|perm|train|test", re.IGNORECASE
)
_DEPTH = 4


def mappable(source: Source) -> Iterator[tuple[ast.expr, str]]:
    """(what reads an array whole, what to do instead) where only its size and small parts of it are asked for."""
    for node in (*source.of(ast.Call), *source.of(ast.Subscript)):
        fix = _instead(source, node)
        uses = all_uses(source, node, told=True) if fix else None
        if not uses:
            continue
        above = source.parent(node)
        target = (
            above.targets[0] if isinstance(above, ast.Assign) else getattr(above, "target", None)
        )
        swept = is_self_attribute(target)
        if fix == _OF_BYTES and (not swept or any(_moves_on(source, each.place) for each in uses)):
            continue
        looks = [looks_at(source, each.place, swept=swept) for each in uses]
        if None not in looks and any(looks):
            yield node, fix
        elif fix == _OF_HDF5 and all(is_gone_through(source, each.place) for each in uses):
            yield node, CHUNKS


def _instead(source: Source, node: ast.expr) -> str:
    """What maps a file that an expression reads whole; empty for other expressions."""
    if isinstance(node, ast.Subscript):
        return _OF_HDF5 if _is_whole_data_set(source, node) else ""
    if source.called(node) in _ARRAYS and isinstance(node, ast.Call) and len(node.args) == 1:
        return _OF_HDF5 if _is_data_set(source, node.args[0]) else ""
    if isinstance(node, ast.Call) and _reads_bytes(source, node):
        return _OF_BYTES
    name = source.called(node)
    if name not in _INSTEAD or not isinstance(node, ast.Call) or not node.args:
        return ""
    given = {each.arg for each in node.keywords if not _may_not_map(each)}
    pickled = any(
        each.arg == "allow_pickle" and getattr(each.value, "value", True) is not False
        for each in node.keywords
    )
    if pickled or not given <= _CONSTANT_KEYWORDS[name] or len(node.args) > 2:
        return ""
    if name == "numpy.load" and len(node.args) > 1:
        return ""
    [path, *_] = node.args
    if isinstance(path, ast.Constant) and str(path.value).endswith(".npz"):
        return ""
    in_memory = any(source.called(each) == "io.BytesIO" for each in made_by(source, path))
    return "" if in_memory else _INSTEAD[name]


def _may_not_map(given: ast.keyword) -> bool:
    """`mmap_mode=mode`, by which a file may be mapped or read: what the call allocated was read."""
    is_said = isinstance(given.value, ast.Constant) and given.value.value is not None
    return given.arg == "mmap_mode" and not is_said


def _reads_bytes(source: Source, call: ast.Call) -> bool:
    """`open(path, "rb").read()`, or `path.read_bytes()`."""
    made = opened_to_read_whole(source, call)
    return made is not None and all(
        open_mode(source, each) in ("rb", "br") and source.called(each) not in _PACKED
        for each in made
    )


def _moves_on(source: Source, place: ast.expr) -> bool:
    """Whether the ends of a part are attributes or names that are moved on: part by part it is the whole."""
    above = source.parent(place)
    index = above.slice if isinstance(above, ast.Subscript) else None
    ends = {
        ast.unparse(n)
        for n in ast.walk(index or ast.Pass())
        if isinstance(n, (ast.Name, ast.Attribute))
    }
    return any(ast.unparse(each.target) in ends for each in source.of(ast.AugAssign))


def _is_whole_data_set(source: Source, node: ast.Subscript) -> bool:
    """`file["x"][:]`, `[...]` or `[()]` of an `h5py.File`."""
    part, inner = node.slice, node.value
    whole = (isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step)) or (
        isinstance(part, ast.Constant) and part.value is ...
    ) or (isinstance(part, ast.Tuple) and not part.elts)  # fmt: skip
    return whole and isinstance(node.ctx, ast.Load) and _is_data_set(source, inner)


def _is_data_set(source: Source, node: ast.expr) -> bool:
    """`file["x"]` of an `h5py.File`."""
    if not isinstance(node, ast.Subscript):
        return False
    made = made_by(source, node.value)
    if is_self_attribute(node.value):
        told = ast.unparse(node.value)
        made = [value for _, targets, value in source.bindings if told in map(ast.unparse, targets)]
    return bool(made) and all(source.called(each) == "h5py.File" for each in made)


def looks_at(source: Source, place: ast.expr, *, swept: bool) -> bool | None:
    """Whether a use looks at a part of an array; None where it may need the whole, or change it. swept: whether it may
    be one part after the other, of all."""
    above = source.parent(place)
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return False
    if isinstance(above, ast.Attribute):
        return False if above.attr in _ASKED else _takes_rows(source, above, swept=swept)
    if not isinstance(above, ast.Subscript) or above.value is not place:
        return None
    if not isinstance(above.ctx, ast.Load) or isinstance(source.parent(above), ast.AugAssign):
        return None
    index = above.slice
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if not parts or not _is_small(source, parts[0], _DEPTH) or _is_changed(source, above):
        return None
    return True if swept or not _sweeps(source, parts[0]) else None


def _takes_rows(source: Source, method: ast.Attribute, *, swept: bool) -> bool | None:
    """`table.take(rows, axis=0)`."""
    call = source.parent(method)
    if method.attr != "take" or not isinstance(call, ast.Call) or len(call.args) != 1:
        return None
    [rows] = call.args
    small = _is_small(source, rows, _DEPTH) and (swept or not _sweeps(source, rows))
    return True if small else None


def _is_small(source: Source, index: ast.expr, depth: int) -> bool:
    """Whether an index takes a few of all: a number, what is looked up, a list of them, a slice with two ends, or the
    first or last of a number that stands there."""
    if isinstance(index, ast.Slice):
        lower, upper = index.lower, index.upper
        if lower is not None and upper is not None:
            return True
        if isinstance(lower, ast.UnaryOp) and isinstance(lower.op, ast.USub):
            return isinstance(lower.operand, ast.Constant)
        return lower is None and isinstance(upper, ast.Constant)
    if isinstance(index, ast.Constant):
        return isinstance(index.value, int) and not isinstance(index.value, bool)
    if not depth:
        return False
    if isinstance(index, (ast.BinOp, ast.UnaryOp)):
        plain = not isinstance(getattr(index, "op", None), (ast.BitAnd, ast.BitOr, ast.Invert))
        return plain and all(
            _is_small(source, each, depth)
            for each in ast.iter_child_nodes(index) if isinstance(each, ast.expr)
        )  # fmt: skip
    if isinstance(index, ast.Subscript):
        return not isinstance(index.slice, (ast.Slice, ast.Tuple)) and not _names_mask(index)
    if isinstance(index, ast.List):
        return all(_is_small(source, each, depth - 1) for each in index.elts)
    if isinstance(index, ast.ListComp):
        return _is_small(source, index.elt, depth - 1) and not _names_mask(index)
    if isinstance(index, ast.Call):
        return _is_small_call(source, index, depth)
    if not isinstance(index, ast.Name) or _names_mask(index):
        return False
    bound = [
        node for scope, node in source.binders.get(index.id, ()) if scope is source.scope(index)
    ]
    return bool(bound) and all(_is_number(source, each, depth) for each in bound)


def _is_small_call(source: Source, call: ast.Call, depth: int) -> bool:
    name = source.called(call)
    if name in _LISTS and len(call.args) == 1:
        return _is_small(source, call.args[0], depth - 1)
    looked_up = isinstance(call.func, ast.Attribute) and call.func.attr in _LOOKS_UP
    return name in _NUMBERS or looked_up


def _names_mask(index: ast.expr) -> bool:
    said = {n.id for n in ast.walk(index) if isinstance(n, ast.Name)}
    said |= {n.attr for n in ast.walk(index) if isinstance(n, ast.Attribute)}
    return any(_MASK.search(each) for each in said)


def _is_number(source: Source, binder: ast.AST, depth: int) -> bool:
    """Whether a name is plainly bound to one number or a few, or to an argument."""
    above = source.parent(binder)
    if isinstance(binder, ast.arg) or isinstance(above, (ast.Tuple, ast.For, ast.comprehension)):
        return True
    value = above.value if isinstance(above, ast.Assign) else None
    arithmetic = isinstance(value, ast.BinOp) and isinstance(value.op, (ast.FloorDiv, ast.Mod))
    plain = (ast.Constant, ast.Subscript, ast.List, ast.ListComp, ast.Call)
    return arithmetic or (isinstance(value, plain) and _is_small(source, value, depth - 1))


def _sweeps(source: Source, index: ast.expr) -> bool:
    """Whether loops count through an index: part by part it may be the whole."""
    for name in (n for n in ast.walk(index) if isinstance(n, ast.Name)):
        for binder in source.seen(name):
            loop: ast.AST | None = binder
            while isinstance(loop, (ast.Name, ast.Tuple)):
                loop = source.parent(loop)
            counted = getattr(loop, "iter", None)
            if source.called(counted).rpartition(".")[2] in ("range", "enumerate", "trange"):
                return True
    return False


def _is_changed(source: Source, part: ast.expr) -> bool:
    """Whether a part that is bound to a name is changed in place: a mapped file would not let it."""
    above = source.parent(part)
    target = above.targets[0] if isinstance(above, ast.Assign) else None
    if not isinstance(target, ast.Name):
        return target is not None
    for node in ast.walk(source.scope(part)):
        place: ast.expr | None = None
        if isinstance(node, ast.AugAssign):
            place = node.target
        elif isinstance(node, ast.Subscript):
            place = None if isinstance(node.ctx, ast.Load) else node.value
        elif isinstance(node, ast.keyword) and node.arg == "out":
            place = node.value
        if place is not None and target.id in names_in(place):
            return True
    return False
