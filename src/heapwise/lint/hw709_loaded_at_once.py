"""HW709: a collection loads everything when it is made, and hands it out one by one.

`__init__` reads each file and keeps the result; `__getitem__` gives one of them: all are in memory from the start.

What to do: keep the paths, and load in `__getitem__`; or map the files (`np.load(path, mmap_mode="r")`). `--fix
--unsafe` does the first where nothing else looks at the items; each is then loaded as often as it is asked for. The
same holds of one array, of which only parts are looked at. Clean: collections that keep paths, or little of what
they load, or that need all of it at once; arrays that are looked at as a whole, or changed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from heapwise.lint.carried import attributes_that_take
from heapwise.lint.lazy_items import eager, lazily
from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.source import FunctionNode, Source, is_self_attribute, methods, names_in
from heapwise.lint.uses import all_uses

CODE = "HW709"
TITLE = "everything is loaded at once"
NEEDS = ("__getitem__", ".load(")
_LOADERS = {
    "numpy.load", "numpy.fromfile", "numpy.loadtxt", "numpy.genfromtxt", "PIL.Image.open", "torch.load",
    "pickle.load", "json.load", "cv2.imread", "imageio.imread", "skimage.io.imread", "pandas.read_csv",
    "pandas.read_parquet", "pandas.read_pickle", "soundfile.read", "librosa.load", "scipy.io.wavfile.read",
    "torchaudio.load", "safetensors.torch.load_file",
}  # fmt: skip
_BY_ITEM = {"len", "enumerate", "zip", "iter", "range", "bool", "reversed", "isinstance"}
_READS = {"read", "read_text", "read_bytes"}


def look(source: Source) -> Iterator[Hit]:
    """Classes that load all when they are made, and arrays of which only parts are looked at."""
    yield from _arrays(source)
    yield from _collections(source)


def _arrays(source: Source) -> Iterator[Hit]:
    """`self.data = np.load(path)`, where all that is read is `self.data.shape` and `self.data[t, y : y + 64]`."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) != "numpy.load" or call.keywords or len(call.args) != 1:
            continue
        if isinstance(call.args[0], ast.Constant) and str(call.args[0].value).endswith(".npz"):
            continue
        above = source.parent(call)
        targets = above.targets if isinstance(above, ast.Assign) else []
        kept = len(targets) == 1 and is_self_attribute(targets[0])
        uses = all_uses(source, call, told=True) if kept else None
        looks = [_looks_at(source, each.place) for each in uses or ()]
        if looks and None not in looks and any(looks):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} is read whole, and only parts of it are looked at",
                saves=Saves.WHOLE, fix='np.load(..., mmap_mode="r"): the file is read where it is looked at',
                sized=True,
            )  # fmt: skip


def _looks_at(source: Source, place: ast.expr) -> bool | None:
    """Whether a use looks at a part of an array; None where it may need the whole, or change it."""
    above = source.parent(place)
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return False
    if isinstance(above, ast.Attribute):
        return False if above.attr in ("shape", "dtype", "ndim", "size", "nbytes") else None
    if not isinstance(above, ast.Subscript) or above.value is not place:
        return None
    if not isinstance(above.ctx, ast.Load) or isinstance(source.parent(above), ast.AugAssign):
        return None
    index = above.slice
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if not _is_small(source, parts[0]) or _is_changed(source, above):
        return None
    return True


def _is_small(source: Source, index: ast.expr) -> bool:
    """Whether an index takes a few of all: a number, or a slice with two ends."""
    if isinstance(index, ast.Slice):
        return index.lower is not None and index.upper is not None
    if isinstance(index, ast.Constant):
        return isinstance(index.value, int) and not isinstance(index.value, bool)
    if isinstance(index, (ast.BinOp, ast.UnaryOp)):
        plain = not isinstance(getattr(index, "op", None), (ast.BitAnd, ast.BitOr, ast.Invert))
        return plain and all(
            _is_small(source, each)
            for each in ast.iter_child_nodes(index) if isinstance(each, ast.expr)
        )  # fmt: skip
    if not isinstance(index, ast.Name):
        return False
    bound = [
        node for scope, node in source.binders.get(index.id, ()) if scope is source.scope(index)
    ]
    return bool(bound) and all(_is_number(source, each) for each in bound)


def _is_number(source: Source, binder: ast.AST) -> bool:
    """Whether a name is plainly bound to one number, or to an argument."""
    above = source.parent(binder)
    if isinstance(binder, ast.arg) or isinstance(above, (ast.Tuple, ast.For, ast.comprehension)):
        return True
    value = above.value if isinstance(above, ast.Assign) else None
    number = isinstance(value, ast.Constant) and isinstance(value.value, int)
    arithmetic = isinstance(value, ast.BinOp) and isinstance(value.op, (ast.FloorDiv, ast.Mod))
    return (
        number
        or arithmetic
        or source.called(value) in ("int", "len", "min", "max", "random.randrange")
    )


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


def _collections(source: Source) -> Iterator[Hit]:
    """Classes that append what they load to an attribute, and give its items away."""
    for owner in source.of(ast.ClassDef):
        by_name = {each.name: each for each in methods(owner)}
        init, getter = by_name.get("__init__"), by_name.get("__getitem__")
        if init is None or getter is None:
            continue
        for load in ast.walk(init):
            if not isinstance(load, ast.Call) or not _loads(source, load):
                continue
            if source.loop(load) is None:
                continue
            taken = attributes_that_take(source, init, load) & _kept_in(source, init)
            if any(not _is_needed_whole(source, owner, each) for each in taken & _given(getter)):
                found = eager(source, owner, init, getter)
                edits = (
                    (edit(source, owner, partial(lazily, found=found)),)
                    if found is not None
                    else ()
                )
                yield hit(
                    source, load, CODE, TITLE, f"{shown(load)} is done for all when {owner.name} is made",
                    saves=Saves.ALL_BUT_ONE, fix="keep the paths, and load in __getitem__", edits=edits,
                )  # fmt: skip
                break


def _is_needed_whole(source: Source, owner: ast.ClassDef, name: str) -> bool:
    """Whether a method is given all items at once, or gives them back."""
    for node in (n for method in methods(owner) for n in ast.walk(method)):
        if not is_self_attribute(node) or not isinstance(node.ctx, ast.Load) or node.attr != name:  # type: ignore[attr-defined]
            continue
        above = source.parent(node)
        if isinstance(above, ast.Return):
            return True
        if (
            isinstance(above, ast.Call)
            and above.func is not node
            and source.called(above) not in _BY_ITEM
        ):
            return True
    return False


def _loads(source: Source, call: ast.Call) -> bool:
    if source.dotted(call.func) in _LOADERS:
        return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in _READS and not call.args


def _kept_in(source: Source, init: FunctionNode) -> set[str]:
    """Attributes that a loop of `__init__` fills, or that are made by a comprehension."""
    found = set()
    for node in ast.walk(init):
        if (
            (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and source.loop(node)
            )
            and node.func.attr == "append"
            and is_self_attribute(node.func.value)
        ):
            found.add(node.func.value.attr)  # type: ignore[attr-defined]
        if isinstance(node, ast.Assign):
            for target in node.targets:
                inner = target.value if isinstance(target, ast.Subscript) else target
                filled = isinstance(target, ast.Subscript) and source.loop(node) is not None
                if is_self_attribute(inner) and (
                    filled or isinstance(node.value, (ast.ListComp, ast.DictComp))
                ):
                    found.add(inner.attr)  # type: ignore[attr-defined]
    return found


def _given(getter: FunctionNode) -> set[str]:
    """Attributes that `__getitem__` indexes."""
    return {
        node.value.attr  # type: ignore[attr-defined]
        for node in ast.walk(getter)
        if isinstance(node, ast.Subscript) and is_self_attribute(node.value)
    }
