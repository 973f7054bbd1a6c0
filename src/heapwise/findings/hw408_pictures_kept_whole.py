"""HW408: pictures are kept as large as they were read, and only small ones are made of them.

`pictures.append(photo)`, and later `picture.resize((200, 150))` of each: a photograph of two megapixels takes 8 MB, its
preview 120 kB.

What to do: make each small when it is read, and keep that. Costs: nothing, where one size is asked for. The saving is
what the pictures' line held at the peak, but for the small ones, where their size stands in the source. Clean: pictures
of which something else is done as well: cropped, saved, looked at as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import LEAST_ARRAY_BYTES
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW408"
TITLE = "pictures are kept whole, and only small ones are made of them"
_LISTS, _NAMED = ("list", "tuple", "collections.deque"), ("local", "key", "attribute")
_LEAST_PICTURES, _LEAST_SHARE = 4, 0.15
_SMALLER = ("resize", "thumbnail", "reduce")
_ASKED = ("size", "width", "height", "mode", "format", "info", "filename", "close")
_PIXEL_BYTES, _PASSING = 4, 2
"""One picture is read, and another may be what it is made of, at any moment."""


def at_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Lists of pictures that loops go through."""
    least = max(LEAST_ARRAY_BYTES, _LEAST_SHARE * costs.peak_bytes)
    for node in _lists_of_pictures(snapshot):
        pictures = [
            step.node for step in snapshot.steps_from(node) if _is_picture(snapshot, step.node)
        ]
        at = snapshot.allocated_at(pictures[len(pictures) // 2])
        held = costs.of(at.file, at.line, at.line).peak_bytes if at is not None else 0
        if at is None or held < least:
            continue
        source = program_source(snapshot)
        sizes = _sizes_made(source, _names_of(snapshot, node))
        if not sizes:
            continue
        saving = held - _PASSING * held // len(pictures) - max(sizes) * _PIXEL_BYTES * len(pictures)
        if saving >= least:
            yield structural(
                snapshot, pictures[len(pictures) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.6,
                evidence=[f"{len(pictures)} pictures are kept; their line held {units.size(held)}, and the source only "
                          "makes small ones of them"],
                fix="make each small when it is read, and keep that", freed=Freed(lines={(at.file, at.line): saving}),
            )  # fmt: skip
            return


def _lists_of_pictures(snapshot: Snapshot) -> Iterator[int]:
    counts = snapshot.nodes("edges_count")
    for kind in _LISTS if any(map(_is_of_pictures, snapshot.type_names)) else ():
        for node in snapshot.of_type_exactly(kind):
            if counts[node] >= _LEAST_PICTURES:
                first = snapshot.first_steps(node, _LEAST_PICTURES)
                if all(_is_picture(snapshot, step.node) for step in first):
                    yield node


def _is_of_pictures(name: str) -> bool:
    return name == "PIL.Image.Image" or (name.startswith("PIL.") and name.endswith("ImageFile"))


def _is_picture(snapshot: Snapshot, node: int) -> bool:
    return _is_of_pictures(snapshot.type_of(node))


def _names_of(snapshot: Snapshot, node: int) -> frozenset[str]:
    """What a list is called where it is kept, and in the functions that run."""
    edge = snapshot.path_to(node)[-1:]
    named = {str(step.name) for step in edge if step.kind in _NAMED}
    for frame in snapshot.of_type_exactly("<frame>"):
        named |= {
            str(s.name) for s in snapshot.steps_from(frame) if s.kind == "local" and s.node == node
        }
    return frozenset(named)


def _sizes_made(source: ProgramSource, names: frozenset[str]) -> list[int]:
    """The pixels of what loops over some names make of each picture; empty where they do something else with one, or
    where the size is not plain to see."""
    found: list[int] = []
    loops: list[ast.For | ast.comprehension] = [*source.of(ast.For), *source.of(ast.comprehension)]
    for loop in loops:
        target, walked = loop.target, loop.iter
        if isinstance(walked, ast.Call) and last_name(walked.func) == "enumerate" and walked.args:
            walked = walked.args[0]
            target = target.elts[-1] if isinstance(target, ast.Tuple) else target
        if last_name(walked) not in names:
            continue
        made = _made_of(source, target) if isinstance(target, ast.Name) else None
        if not made:
            return []
        found += made
    asked = (each for each in source.of(ast.Subscript) if last_name(each.value) in names)
    return [] if any(isinstance(each.ctx, ast.Load) for each in asked) else found


def _made_of(source: ProgramSource, target: ast.Name) -> list[int] | None:
    """The pixels of what is made of a picture under a name; None where more is done with it."""
    scope = source.scope_of(target)
    uses = [
        n
        for n in ast.walk(scope)
        if isinstance(n, ast.Name) and n.id == target.id and n is not target
    ]
    rebound = [n.lineno for n in uses if isinstance(n.ctx, ast.Store)]
    found: list[int] = []
    for name in (n for n in uses if isinstance(n.ctx, ast.Load)):
        method = source.above(name)
        call = source.above(method) if isinstance(method, ast.Attribute) else None
        if isinstance(method, ast.Attribute) and method.attr in _ASKED:
            continue
        if (
            isinstance(method, ast.Attribute)
            and method.attr in _SMALLER
            and isinstance(call, ast.Call)
        ):
            pixels = _pixels(source, call.args)
            if pixels is None:
                return None
            found.append(pixels)
        elif not rebound or name.lineno <= min(rebound):
            return None
    return found


def _pixels(source: ProgramSource, args: Sequence[ast.expr]) -> int | None:
    """Of a size that is written out, or that a name of the module stands for; None where it is not known."""
    size = args[0] if args else None
    if isinstance(size, ast.Name):
        bound = [
            each.value
            for each in source.of(ast.Assign)
            if [last_name(t) for t in each.targets] == [size.id]
        ]
        size = bound[0] if len(bound) == 1 else None
    sides = [getattr(each, "value", None) for each in getattr(size, "elts", ())]
    if len(sides) != 2 or not all(isinstance(each, int) for each in sides):
        return None
    return int(sides[0]) * int(sides[1])  # type: ignore[arg-type]
