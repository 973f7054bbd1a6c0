"""HW731: the whole output of a process is collected to be read line by line.

`process.communicate()`, `subprocess.run(..., capture_output=True).stdout`, `check_output(...)` and
`os.popen(...).read()` hold all that a process wrote; decoded and split it is there three times, for a loop that looks
at one line after the other.

What to do: `for line in process.stdout` of a `Popen(..., stdout=PIPE, text=True)`, and `process.wait()` after it; for
`zcat` and its like `gzip.open`, `bz2.open`, `lzma.open`. Costs: a process that fails has given a part of its lines by
then. Said only where a recording tells how much it is. Clean: output that is used otherwise, or whose lines are kept;
processes that are given input, or a time to end by, or whose errors are read, too, but where it has failed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source, is_true, keyword
from heapwise.lint.texts import made_by, splits, takes_lines
from heapwise.lint.uses import Use, all_uses, single_uses, uses_of_target

CODE = "HW731"
TITLE = "a process's output collected for its lines"
SIZED = True
NEEDS = ("subprocess", "popen", "create_subprocess")
_WHOLE = {"subprocess.check_output", "subprocess.getoutput"}
_POPEN = {
    "subprocess.Popen", "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell",
    "asyncio.subprocess.create_subprocess_exec", "asyncio.subprocess.create_subprocess_shell",
}  # fmt: skip
_PIPE = {"subprocess.PIPE", "asyncio.subprocess.PIPE"}
_UNPACKERS = {
    "zcat": "gzip.open", "gunzip": "gzip.open", "gzip": "gzip.open", "gzcat": "gzip.open", "bzcat": "bz2.open",
    "bunzip2": "bz2.open", "xzcat": "lzma.open", "unxz": "lzma.open",
}  # fmt: skip
_OF_RESULT = {"returncode", "check_returncode", "args"}
_SAME = {"decode", "strip", "rstrip", "lstrip", "replace", "expandtabs"}
_FILES = {"io.StringIO", "io.BytesIO", "io.TextIOWrapper"}
_STEPS = 6


def look(source: Source) -> Iterator[Hit]:
    """Calls that collect an output, of which only the lines are gone through."""
    for call in source.of(ast.Call):
        for begun, uses, are_lines in _outputs(source, call):
            lines: set[int] = set()
            if _go_to_a_loop(source, uses, lines, are_lines=are_lines, steps=_STEPS):
                known = range(call.lineno, (call.end_lineno or call.lineno) + 1)
                yield hit(
                    source, call, CODE, TITLE, "all that the process writes is held, and all its lines",
                    saves=Saves.WHOLE, fix=_fix(source, begun), also=tuple(sorted(lines - set(known))),
                )  # fmt: skip


def _outputs(
    source: Source, call: ast.Call
) -> Iterator[tuple[ast.expr | None, list[Use] | None, bool]]:
    """(the call that begins the process, the uses of its output, whether that is a list of lines already)."""
    name = source.dotted(call.func)
    method = call.func if isinstance(call.func, ast.Attribute) else None
    if name in _WHOLE and keyword(call, "input") is None and not _is_limited(call):
        yield call, single_uses(source, call), False
    elif name == "subprocess.run" and _is_captured(source, call):
        yield call, _of_result(source, call), False
    elif method is not None and method.attr in ("read", "readlines") and not call.args:
        begun = _process(source, method.value, {"os.popen"})
        if (
            begun is None
            and isinstance(method.value, ast.Attribute)
            and method.value.attr == "stdout"
        ):
            begun = _process(source, method.value.value, _POPEN)
        if begun is not None and not _is_fed(source, begun):
            read: ast.expr = call
            above = source.parent(call)
            if isinstance(above, ast.Await):
                read = above
            yield begun, single_uses(source, read), method.attr == "readlines"
    elif method is not None and method.attr == "communicate" and not (call.args or call.keywords):
        begun = _process(source, method.value, _POPEN)
        if begun is not None and not _is_fed(source, begun):
            yield begun, _first_of_two(source, call), False


def _is_captured(source: Source, call: ast.Call) -> bool:
    """Whether a call of `run` gives back what the process writes, and gives it nothing."""
    if keyword(call, "input") is not None or _is_fed(source, call) or _is_limited(call):
        return False
    asked = keyword(call, "capture_output")
    if is_true(asked):
        return True
    return source.dotted(keyword(call, "stdout")) in _PIPE


def _is_limited(call: ast.Call) -> bool:
    """Whether the process may take so long and no longer: reading a line waits for ever."""
    limit = keyword(call, "timeout")
    return limit is not None and not (isinstance(limit, ast.Constant) and limit.value is None)


def _is_fed(source: Source, call: ast.Call) -> bool:
    return source.dotted(keyword(call, "stdin")) in _PIPE


def _process(source: Source, node: ast.expr, makers: set[str]) -> ast.Call | None:
    """The one call that makes a process; None where that is not plain to see."""
    made = made_by(source, node)
    if isinstance(node, ast.Attribute):
        text = ast.unparse(node)
        made = [
            value for _, targets, value in source.bindings
            if any(isinstance(each, ast.Attribute) and ast.unparse(each) == text for each in targets)
        ]  # fmt: skip
    made = [each.value if isinstance(each, ast.Await) else each for each in made]
    one = made[0] if len(made) == 1 else None
    return one if isinstance(one, ast.Call) and source.dotted(one.func) in makers else None


def _of_result(source: Source, call: ast.Call) -> list[Use] | None:
    """The one use of the output of a process that has ended; None where more of it, or its errors, are read."""
    found: list[ast.expr] = []
    for use in all_uses(source, call) or ():
        above = source.parent(use.place)
        if not isinstance(above, ast.Attribute) or above.value is not use.place:
            return None
        if above.attr == "stdout" and not use.repeated:
            found.append(above)
        elif above.attr not in _OF_RESULT and not _tells_of_failure(source, above):
            return None
    return single_uses(source, found[0]) if len(found) == 1 else None


def _tells_of_failure(source: Source, node: ast.Attribute) -> bool:
    """Whether the errors of a process are read only where it has failed."""
    if node.attr != "stderr":
        return False
    for each in source.around(node):
        if isinstance(each, ast.Raise):
            return True
        if isinstance(each, ast.If) and any(
            isinstance(n, ast.Attribute) and n.attr == "returncode" for n in ast.walk(each.test)
        ):
            return True
    return False


def _first_of_two(source: Source, call: ast.Call) -> list[Use] | None:
    """The one use of the output that `communicate` gives; None where its errors are read, too."""
    node: ast.expr = call
    above = source.parent(node)
    if isinstance(above, ast.Await):
        node, above = above, source.parent(above)
    if isinstance(above, ast.Subscript):
        first = isinstance(above.slice, ast.Constant) and above.slice.value == 0
        return single_uses(source, above) if first else None
    if not isinstance(above, ast.Assign) or len(above.targets) != 1:
        return None
    target = above.targets[0]
    if not isinstance(target, ast.Tuple) or len(target.elts) != 2:
        return None
    output, errors = target.elts
    if not isinstance(errors, ast.Name) or uses_of_target(source, errors) != []:
        return None
    uses = uses_of_target(source, output)
    return uses if uses is not None and len(uses) == 1 and not uses[0].repeated else None


def _go_to_a_loop(
    source: Source, uses: list[Use] | None, lines: set[int], *, are_lines: bool, steps: int
) -> bool:
    """Whether all that is done with an output is to decode and split it, and to go through its lines once. lines:
    where it is made anew, to be filled."""
    if not uses or not steps:
        return False
    for use in uses:
        place, above = use.place, source.parent(use.place)
        if are_lines:
            if not takes_lines(source, place):
                return False
            continue
        call = source.parent(above) if isinstance(above, ast.Attribute) else above
        if not isinstance(call, ast.Call):
            return False
        are_split = False
        if isinstance(above, ast.Attribute) and call.func is above:
            are_split = splits(call)
            if not are_split and above.attr not in _SAME:
                return False
        elif call.args[:1] == [place] and source.dotted(call.func) in _FILES:
            are_split = source.dotted(call.func) != "io.BytesIO" or takes_lines(source, call)
        else:
            return False
        lines |= set(range(place.lineno, (call.end_lineno or call.lineno) + 1))
        found = single_uses(source, call, is_counted=are_split)
        if not _go_to_a_loop(source, found, lines, are_lines=are_split, steps=steps - 1):
            return False
    return True


def _fix(source: Source, begun: ast.expr | None) -> str:
    """What reads line by line; of what only unpacks a file, the module that does so."""
    words = begun.args[0] if isinstance(begun, ast.Call) and begun.args else None
    if isinstance(words, (ast.List, ast.Tuple)) and words.elts:
        words = words.elts[0]
    first = words.value if isinstance(words, ast.Constant) else ""
    if (
        isinstance(words, ast.JoinedStr)
        and words.values
        and isinstance(words.values[0], ast.Constant)
    ):
        first = words.values[0].value
    said = str(first).split()[:1]
    opener = _UNPACKERS.get(said[0].rpartition("/")[2]) if said else None
    if opener is not None:
        return f'for line in {opener}(path, "rt")'
    return "Popen(..., stdout=PIPE, text=True); for line in process.stdout; process.wait()"
