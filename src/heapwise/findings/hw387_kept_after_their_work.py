"""HW387: objects that do one piece of work are kept when it is done.

A `difflib.SequenceMatcher` keeps both texts and a table of where each line of the second stands; a `zipfile.ZipFile`
an entry of some 600 bytes for each member of the archive; the result of `scipy.optimize.minimize` the inverse of a
Hessian. What was asked of them is a ratio, some changes, one file.

What to do: keep what was asked for, `matcher.ratio()`, `matcher.get_opcodes()`, `archive.read(name)`, and let the
object go. Costs: it is made again where more is asked. Clean: a few of them; those that are in use: archives that are
asked for one member and another, matchers that are given another text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.kept_at import names_above
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.waste import holders_of, in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW387"
TITLE = "objects are kept after their work"
_LEAST_SHARE = 0.1
_ARCHIVE = "zipfile.ZipFile"
_READS, _LISTS = (
    ("read", "open", "extract", "getinfo"),
    ("namelist", "infolist", "extractall", "writestr", "write"),
)


class _Tool(NamedTuple):
    """many: from how many on it is too many. told: what each keeps. fix: what to keep in its place. part: the name of
    what goes, where the rest is kept; a program that names it needs it. going_on: methods of what is not done yet."""

    many: int
    told: str
    fix: str
    part: str = ""
    going_on: tuple[str, ...] = ()


_TOOLS = {
    "difflib.SequenceMatcher": _Tool(
        8, "both texts, and where each of the second's lines stands",
        "keep matcher.ratio(), or what matcher.get_opcodes() shows, and let the matcher go",
        going_on=("set_seq1", "set_seq2", "set_seqs"),
    ),
    _ARCHIVE: _Tool(
        4, "an entry for each member of its archive",
        "with zipfile.ZipFile(path) as archive: read what is needed, and open it again for more",
    ),
    "scipy.optimize._optimize.OptimizeResult": _Tool(
        8, "all that the method knew at its end, the inverse of the Hessian among it",
        "keep result.x and result.fun", "hess_inv",
    ),
}  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many of one class, which keep a good part of the heap; one is at work at a time."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained = snapshot.nodes("retained_bytes")
    for name, tool in _TOOLS.items():
        nodes = in_use(snapshot, snapshot.of_type_exactly(name))
        if len(nodes) < tool.many or _is_needed(snapshot, tool, nodes):
            continue
        roots = [*_parts(snapshot, nodes, tool.part)] if tool.part else nodes[1:]
        saving = snapshot.retained_of(roots)
        if saving >= least:
            more = "" if tool.part else " more than one would"
            yield structural(
                snapshot, max(nodes, key=lambda node: retained[node]), CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(nodes)} {name} keep {units.size(saving)}{more}: each {tool.told}"], fix=tool.fix,
                subject=name, freed=Freed(roots=roots),
            )  # fmt: skip


def _is_needed(snapshot: Snapshot, tool: _Tool, nodes: Iterable[int]) -> bool:
    """Whether the program's source asks for what would go, or goes on with such an object."""
    named = attributes_named(program_source(snapshot))
    if tool.part and _is_named(snapshot, tool.part):
        return True
    return not named.isdisjoint(tool.going_on) or _is_read(snapshot, nodes)


def _is_read(snapshot: Snapshot, nodes: Iterable[int]) -> bool:
    """Whether the program asks archives for members by names that it works out, or for what they have: in use."""
    archives = (node for node in nodes if snapshot.type_of(node) == _ARCHIVE)
    # Of each: the one that is being opened has no name yet but that of its own __init__.
    names = {name for node in archives for name in islice(names_above(snapshot, node), 1)}
    return any(_asks(snapshot, name.text, "attribute" in name.kind) for name in names)


def _asks(snapshot: Snapshot, name: str, is_attribute: bool) -> bool:
    """Whether the source asks an archive of a name for members that it works out, or for what it has."""
    kept = ast.Attribute if is_attribute else ast.Name
    for call in program_source(snapshot).of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute):
            continue
        archive = method.value
        while isinstance(archive, ast.Subscript):
            archive = archive.value
        if isinstance(archive, kept) and last_name(archive) == name:
            worked_out = any(not isinstance(each, ast.Constant) for each in call.args[:1])
            if method.attr in _LISTS or (method.attr in _READS and worked_out):
                return True
    return False


def _is_named(snapshot: Snapshot, name: str) -> bool:
    """Whether the program's files ask for it: as an attribute, or as a key."""
    source = program_source(snapshot)
    texts = (each.value for each in source.of(ast.Constant))
    return name in attributes_named(source) or name in texts


def _parts(snapshot: Snapshot, nodes: Iterable[int], name: str) -> Iterator[int]:
    """What objects have under a name, as an attribute or a key."""
    for node in nodes:
        for holder in holders_of(snapshot, node):
            yield from (
                s.node
                for s in snapshot.steps_from(holder)
                if s.name == name and s.kind != "key object"
            )
