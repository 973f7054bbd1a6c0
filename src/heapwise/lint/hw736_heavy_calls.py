"""HW736: a call that needs many times what it gives.

`np.genfromtxt` makes a list of tuples of Python numbers before the array; `np.array(list(struct.unpack(...)))` a box
for every number; `repr(list(image.getdata()))` a tuple for every pixel, and the text of all, for a hash;
`minidom.parse` some kilobytes for every element, for one pass; `m.todok()` a tuple and two numbers for every entry.
`np.meshgrid` and `np.mgrid` make the coordinates of every point, where expressions bring the axes together anyway;
`solve_ivp` and `odeint` keep the state of every step, where the last is used. `table.apply(f, axis=1)`, with an `f`
that gives a Series, has one for every row until it joins them; `matrix[i, j] = x` of a `dok_matrix` or `lil_matrix` a
key and a number for every cell; `np.vectorize(f)(x)` objects of all values, `np.array([float(x) for x in rows])` of all
numbers; `ast.literal_eval(text)` a syntax tree, twenty times the size of the data; `np.diag(weights) @ X` a matrix of
zeros, `toeplitz(column, row) @ x` one that is not needed, `scipy.sparse.linalg.inv(A) @ x` one without zeros;
`predict(points, return_cov=True)` the covariance of all pairs for its diagonal; `(colours(values) *
255).astype(np.uint8)` four doubles for each pixel, twice; `json.dump(asdict(track), file)` a copy of all,
`json.dumps([each.model_dump() for each in models])` dicts of all; `[len(each) for each in tree.query_ball_point(points,
r)]` lists of numbers that are counted.

What to do: the lighter call of the same library: `np.loadtxt` (written in C since NumPy 1.23) or `pandas.read_csv`;
`np.frombuffer(data, dtype="<i2")`; `image.tobytes()`; `xml.dom.pulldom`, `expandNode` of each record and `unlink` after
it; `m.tocoo()` with its `row`, `col` and `data`; `sparse=True`, `np.ogrid`; `t_eval=[end]`; whole columns;
`coo_matrix((values, (rows, columns)))`; expressions of whole arrays; `np.fromiter`; JSON; `weights[:, None] * X`;
`matmul_toeplitz`; `splu(A).solve(x)`; `return_std=True`; `colours(values, bytes=True)`; `default=` of `json.dump`;
`dump_json`; `return_length=True`. Costs: another kind of result to work with. Said only where a recording tells how
much it is. Clean: tuples, lists, texts and documents that are used otherwise, too; coordinates that are looked at by
themselves; steps that are drawn; matrices that are read between; copies that are changed before they are written.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.flow import reads_once
from heapwise.lint.heavy_arrays import NEEDS as OF_ARRAYS
from heapwise.lint.heavy_arrays import heavy_arrays
from heapwise.lint.heavy_frames import NEEDS as OF_FRAMES
from heapwise.lint.heavy_frames import heavy_frames
from heapwise.lint.heavy_pictures import NEEDS as OF_PICTURES
from heapwise.lint.heavy_pictures import heavy_pictures
from heapwise.lint.heavy_texts import NEEDS as OF_TEXTS
from heapwise.lint.heavy_texts import heavy_texts
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword
from heapwise.lint.trees import keeps_elements
from heapwise.lint.uses import all_uses, single_uses

CODE = "HW736"
TITLE = "a call that needs many times what it gives"
SIZED = True
NEEDS = ("genfromtxt", "recfromcsv", "recfromtxt", "unpack", "repr(", "str(", "hash(", "getdata", "data()", "tolist",
         "minidom", *OF_ARRAYS, *OF_FRAMES, *OF_PICTURES, *OF_TEXTS)  # fmt: skip
_TEXT_READERS = {"numpy.genfromtxt", "numpy.recfromcsv", "numpy.recfromtxt"}
_PLAIN = {
    "fname", "comments", "delimiter", "skip_header", "usecols", "unpack", "max_rows", "encoding", "dtype", "autostrip",
}  # fmt: skip
"""What `loadtxt` does as well, some of it by another name."""
_ARRAYS = {
    "numpy.array",
    "numpy.asarray",
    "numpy.fromiter",
    "array.array",
    "torch.tensor",
    "torch.as_tensor",
}
_UNPACKERS = {"struct.unpack", "struct.unpack_from", "struct.iter_unpack"}
_LISTS = {"list", "tuple"}
_TEXTS = {"repr", "str", "bytes", "numpy.array2string", "json.dumps", "pickle.dumps"}
_PIXELS = {"getdata", "get_flattened_data", "tolist", "getvalues"}
_DOCUMENTS = {
    f"{module}.{name}" for module in ("xml.dom.minidom", "defusedxml.minidom") for name in ("parse", "parseString")
}  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Each of the kinds that the page names."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name in _TEXT_READERS:
            yield _of_text(source, call)
        elif name in _DOCUMENTS:
            yield from _of_document(source, call)
            yield from _only_indented(source, call)
        elif name in _UNPACKERS or _is_unpacked_by_struct(source, call):
            yield from _of_buffer(source, call)
        elif name in _LISTS or (
            isinstance(call.func, ast.Attribute) and call.func.attr == "tolist"
        ):
            yield from _of_pixels(source, call)
    heavy = heavy_arrays, heavy_frames, heavy_pictures, heavy_texts
    for each in (found for look_for in heavy for found in look_for(source)):
        yield hit(
            source, each.node, CODE, TITLE, each.says, fix=each.fix, saves=each.saves, also=each.also,
            bodies=each.bodies, user=each.user,
        )  # fmt: skip


def _of_text(source: Source, call: ast.Call) -> Hit:
    dtype = keyword(call, "dtype")
    plain = (
        {each.arg for each in call.keywords} <= _PLAIN
        and source.dotted(call.func) == "numpy.genfromtxt"
        and not (isinstance(dtype, ast.Constant) and dtype.value is None)
    )
    fix = "pandas.read_csv(...).to_numpy(), or .to_records() where columns have names"
    if plain:
        fix = "np.loadtxt (in C since NumPy 1.23) where no value is missing, or pandas.read_csv"
    return hit(
        source, call, CODE, TITLE, f"{shown(call)} makes Python objects of the whole table before the array",
        saves=Saves.PACKED, fix=fix,
    )  # fmt: skip


def _only_indented(source: Source, call: ast.Call) -> Iterator[Hit]:
    """`minidom.parseString(ElementTree.tostring(root)).toprettyxml()`: a tree that is made again to be indented."""
    method = source.parent(call)
    given = call.args[0] if call.args else None
    if not isinstance(method, ast.Attribute) or method.attr not in ("toprettyxml", "writexml"):
        return
    if isinstance(given, ast.Call) and last_name(given.func) == "tostring":
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} makes every element a second time, to indent it",
            saves=Saves.WHOLE, fix="ElementTree.indent(root), and ElementTree(root).write(file)",
        )  # fmt: skip


def _is_unpacked_by_struct(source: Source, call: ast.Call) -> bool:
    """`HEADER.unpack(data)` of what is bound to `struct.Struct(...)`."""
    method = call.func
    if not isinstance(method, ast.Attribute) or not method.attr.startswith(
        ("unpack", "iter_unpack")
    ):
        return False
    text = ast.unparse(method.value)
    return any(
        source.called(value) == "struct.Struct" and any(ast.unparse(each) == text for each in targets)
        for _, targets, value in source.bindings
    ) or source.called(method.value) == "struct.Struct"  # fmt: skip


def _of_buffer(source: Source, call: ast.Call) -> Iterator[Hit]:
    """Numbers that are unpacked one by one, to become an array."""
    lines: set[int] = set()
    place = _through(source, call, _LISTS, lines)
    above = source.parent(place) if place is not None else None
    if not isinstance(above, ast.Call) or place not in above.args or place is None:
        return
    if source.dotted(above.func) not in _ARRAYS:
        return
    lines |= set(range(above.lineno, (above.end_lineno or above.lineno) + 1))
    fix = (
        "array(code); .frombytes(data)"
        if source.dotted(above.func) == "array.array"
        else "np.frombuffer(data, dtype), with .copy() where it is written to"
    )
    if source.dotted(above.func).startswith("torch."):
        fix = "torch.frombuffer(data, dtype=...)"
    yield hit(
        source, call, CODE, TITLE, f"{shown(call)} makes a Python number of each, and a tuple of all",
        saves=Saves.WHOLE, fix=fix, also=_besides(call, lines),
    )  # fmt: skip


def _of_pixels(source: Source, call: ast.Call) -> Iterator[Hit]:
    """Pixels, or numbers of an array, that become objects, and perhaps their text, to be compared or hashed."""
    inner = call.args[0] if call.args else None
    method = call.func if isinstance(call.func, ast.Attribute) else getattr(inner, "func", None)
    if not isinstance(method, ast.Attribute) or method.attr not in _PIXELS:
        return
    if not isinstance(call.func, ast.Attribute) and len(call.args) != 1:
        return
    lines: set[int] = set()
    place = _through(source, call, _LISTS | _TEXTS, lines)
    place = (
        _through(source, place, {"bytes"}, lines, methods=("encode",))
        if place is not None
        else None
    )
    if place is None or not _is_looked_at(source, place):
        return
    lines |= set(range(place.lineno, (place.end_lineno or place.lineno) + 1))
    yield hit(
        source, call, CODE, TITLE, f"{shown(call)} makes objects of all values, to be compared or hashed",
        saves=Saves.PACKED, fix=_packed(source, method, place), also=_besides(call, lines),
    )  # fmt: skip


def _packed(source: Source, method: ast.Attribute, place: ast.expr) -> str:
    """What looks at the values as they are packed."""
    compared = isinstance(source.parent(place), ast.Compare)
    if method.attr == "tolist" and compared:
        return "np.array_equal(one, other)"
    values = shown(method.value)
    return f"np.asarray({values}).tobytes()" if method.attr == "tolist" else f"{values}.tobytes()"


def _is_looked_at(source: Source, place: ast.expr) -> bool:
    """Whether only its hash is asked for, or whether it is the same as another of its kind."""
    above = source.parent(place)
    if isinstance(above, ast.Call):
        name = source.dotted(above.func)
        method = above.func.attr if isinstance(above.func, ast.Attribute) else ""
        hashes = (
            name.startswith("hashlib.")
            or name in ("hash", "zlib.crc32", "zlib.adler32")
            or method == "update"
        )
        return hashes and above.args[:1] == [place] and method not in source.functions_named
    if not isinstance(above, ast.Compare) or len(above.ops) != 1:
        return False
    if not isinstance(above.ops[0], (ast.Eq, ast.NotEq)):
        return False
    other = above.comparators[0] if above.left is place else above.left
    if isinstance(other, ast.Name):
        bound = [value for _, targets, value in source.bindings for t in targets if ast.unparse(t) == other.id
                 and source.scope(t) is source.scope(other)]  # fmt: skip
        return bool(bound) and all(_is_of_pixels(source, each) for each in bound)
    return _is_of_pixels(source, other)


def _is_of_pixels(source: Source, node: ast.expr) -> bool:
    methods = {
        n.func.attr
        for n in ast.walk(node)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    return bool(methods & _PIXELS)


def _through(
    source: Source,
    node: ast.expr,
    wrappers: set[str],
    lines: set[int],
    *,
    methods: tuple[str, ...] = (),
) -> ast.expr | None:
    """What a value that is used once, through names and calls of some functions, comes to in the end; None where it is
    used more than once. lines: those of the calls, to be filled."""
    while True:
        found = single_uses(source, node)
        if found is None or len(found) != 1:
            return None
        place = found[0].place
        above = source.parent(place)
        if isinstance(above, ast.Attribute) and above.attr in methods:
            above = source.parent(above)
        elif (
            not isinstance(above, ast.Call)
            or above.args[:1] != [place]
            or source.dotted(above.func) not in wrappers
        ):
            return place
        if not isinstance(above, ast.Call):
            return place
        node = above
        lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _of_document(source: Source, call: ast.Call) -> Iterator[Hit]:
    """Documents of which the elements of one name are gone through, once."""
    asked: list[ast.Call] = []
    waiting: list[ast.expr] = [call]
    while waiting:
        uses = all_uses(source, waiting.pop())
        for use in uses or ():
            above = source.parent(use.place)
            if not isinstance(above, ast.Attribute) or above.value is not use.place:
                return
            outer = source.parent(above)
            if above.attr == "documentElement":
                waiting.append(above)
            elif not isinstance(outer, ast.Call) or outer.func is not above:
                return
            elif (
                above.attr in ("getElementsByTagName", "getElementsByTagNameNS")
                and not use.repeated
            ):
                asked.append(outer)
            elif above.attr != "unlink":
                return
        if uses is None:
            return
    if len(asked) != 1:
        return
    found = single_uses(source, asked[0])
    if found is None or len(found) != 1:
        return
    place = found[0].place
    if reads_once(source, place) and not keeps_elements(source, place):
        yield hit(
            source, call, CODE, TITLE, "a document of nodes is made, and its records are gone through once",
            saves=Saves.WHOLE, fix="xml.dom.pulldom: expandNode of each record, and unlink after it; or iterparse",
            also=_besides(call, set(range(asked[0].lineno, (asked[0].end_lineno or asked[0].lineno) + 1))),
        )  # fmt: skip


def _besides(call: ast.Call, lines: set[int]) -> tuple[int, ...]:
    return tuple(sorted(lines - set(range(call.lineno, (call.end_lineno or call.lineno) + 1))))
