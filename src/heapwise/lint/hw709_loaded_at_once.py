"""HW709: a collection loads everything when it is made, and hands it out one by one.

`__init__` reads each file and keeps the result; `__getitem__` gives one of them: all are in memory from the start.

What to do: keep the paths, and load in `__getitem__`; or map the files (`np.load(path, mmap_mode="r")`). `--fix
--unsafe` does the first where nothing else looks at the items; each is then loaded as often as it is asked for. Clean:
collections that keep paths.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from heapwise.lint.lazy_items import eager, lazily
from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.source import FunctionNode, Source, is_self_attribute, methods

CODE = "HW709"
TITLE = "everything is loaded at once"
NEEDS = ("__getitem__",)
_LOADERS = {
    "numpy.load", "numpy.fromfile", "numpy.loadtxt", "numpy.genfromtxt", "PIL.Image.open", "torch.load",
    "pickle.load", "json.load", "cv2.imread", "imageio.imread", "skimage.io.imread", "pandas.read_csv",
    "pandas.read_parquet", "pandas.read_pickle", "soundfile.read", "librosa.load", "scipy.io.wavfile.read",
    "torchaudio.load", "safetensors.torch.load_file",
}  # fmt: skip
_READS = {"read", "read_text", "read_bytes"}


def look(source: Source) -> Iterator[Hit]:
    """Classes that append what they load to an attribute, and give its items away."""
    for owner in source.of(ast.ClassDef):
        by_name = {each.name: each for each in methods(owner)}
        init, getter = by_name.get("__init__"), by_name.get("__getitem__")
        if init is None or getter is None:
            continue
        for load in ast.walk(init):
            if not isinstance(load, ast.Call) or not _loads(source, load):
                continue
            if source.loop(load) is not None and _kept_in(source, init) & _given(getter):
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
