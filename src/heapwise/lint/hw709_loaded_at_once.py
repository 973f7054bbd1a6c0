"""HW709: a collection loads everything when it is made, and hands it out one by one.

`__init__` reads each file and keeps the result; `__getitem__` gives one of them: all are in memory from the start.

What to do: keep the paths, and load in `__getitem__`; or map the files (`np.load(path, mmap_mode="r")`). `--fix
--unsafe` does the first where nothing else looks at the items; each is then loaded as often as it is asked for. The
same holds of one array, of which rows are taken by their numbers (`np.memmap` for `np.fromfile`, the data set itself
for `file["x"][:]` of h5py), or of bytes, of which parts are cut out (`mmap.mmap`, or `seek`); a data set of HDF5 that
is gone through once is read some rows at a time. Costs: each item is loaded when it is asked for, and again when it is
asked for again. Clean: collections that keep paths, or little of what they load, or that need all of it at once; arrays
that are looked at as a whole, or by masks, or changed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from heapwise.lint.carried import attributes_that_take
from heapwise.lint.lazy_items import eager, lazily
from heapwise.lint.mapped import CHUNKS, mappable
from heapwise.lint.mapped import NEEDS as OF_ARRAYS
from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.source import FunctionNode, Source, is_self_attribute, methods

CODE = "HW709"
TITLE = "everything is loaded at once"
NEEDS = ("__getitem__", *OF_ARRAYS)
_LOADERS = {
    "numpy.load", "numpy.fromfile", "numpy.loadtxt", "numpy.genfromtxt", "PIL.Image.open", "torch.load",
    "pickle.load", "json.load", "cv2.imread", "imageio.imread", "skimage.io.imread", "pandas.read_csv",
    "pandas.read_parquet", "pandas.read_pickle", "soundfile.read", "librosa.load", "scipy.io.wavfile.read",
    "torchaudio.load", "safetensors.torch.load_file",
}  # fmt: skip
_PARTS, _ONCE = "only parts of it are looked at", "gone through once, row by row"
_BY_ITEM = {"len", "enumerate", "zip", "iter", "range", "bool", "reversed", "isinstance"}
_READS = {"read", "read_text", "read_bytes"}


def look(source: Source) -> Iterator[Hit]:
    """Classes that load all when they are made, and arrays of which only parts are looked at."""
    yield from _arrays(source)
    yield from _collections(source)


def _arrays(source: Source) -> Iterator[Hit]:
    """`self.data = np.load(path)`, where all that is read is `self.data.shape` and `self.data[t, y : y + 64]`."""
    for node, fix in mappable(source):
        yield hit(
            source, node, CODE, TITLE, f"{shown(node)} is read whole, and {_ONCE if fix == CHUNKS else _PARTS}",
            saves=Saves.WHOLE, fix=fix, sized=True,
        )  # fmt: skip


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
