"""HW337: an object of a library keeps all that has passed through it.

Some classes remember what they have read or given out, for a use that the program may not have: an archive that is
walked once keeps the head of each member, a shelf with writeback each entry, `itertools.cycle` each item, a DOM each
node, a query set each row, a transport what its peer has not read, a connection of duckdb each frame that was
registered.

What to do: see `change`: mostly one argument, or one call in the loop. Costs: what has passed can no longer be asked
for. Clean: those that keep a small part of the heap; where the program's files are there, archives that are asked for
members by their names, cycles of lists, and documents that the program makes, changes or writes, or in which it goes
from node to node.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from heapwise import units
from heapwise.analyze.collector_waits import without_waiting
from heapwise.analyze.made_by_calls import nodes_made_by
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.analyze.weak_keys import values_of_keys
from heapwise.findings.library_keepers import (
    GLOBALS,
    KEEPERS,
    OF_MANY_TREES,
    QUERY_SET,
    TIMERS,
    TREE_OF,
    TREES,
    Keeper,
)
from heapwise.findings.own_containers import entries_of
from heapwise.findings.own_source import attributes_named, is_whole
from heapwise.findings.place import structural
from heapwise.findings.query_sets import rows_being_read
from heapwise.findings.related import with_what_fills
from heapwise.findings.waste import in_use, reached, worth_bytes
from heapwise.model.finding import Finding, Freed, Related
from heapwise.model.heap_tables import NATIVE, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW337"
TITLE = "an object of a library keeps all that passed through it"
_LEAST_SHARE, _LEAST_ITEMS = 0.15, 64
_TABLES, _NEARLY_ALL = ("list", "dict", "collections.deque"), 0.9
_PRODUCT, _COME_AS_READ = "itertools.product", (ast.Call, ast.GeneratorExp)
"""What an iterable must be, plainly, that is not in memory anyway, and is gone through once."""
_LEAST_EACH_BYTES = 1 << 10
"""What a timer keeps at least that is more than itself and a few arguments."""


_MAKE_ELEMENTS, _WRITE_ELEMENTS = {"SubElement", "Element"}, {"write", "tostring", "tostringlist"}
_READ_ELEMENTS = {
    "parse",
    "fromstring",
    "iterparse",
    "XML",
    "find",
    "findall",
    "iterfind",
    "remove",
    "insert",
}
_CAUGHT = ("warnings.WarningMessage", "_py_warnings.WarningMessage")
_CONNECTION, _LEAST_FRAMES = "_duckdb.DuckDBPyConnection", 8
_FRAMES = (
    "pandas.DataFrame", "pandas.core.frame.DataFrame", "pyarrow.lib.Table", "polars.dataframe.frame.DataFrame",
)  # fmt: skip
_LEAST_TREES, _TO_DOCUMENT = 8, ("ownerDocument", "parentNode")
_MOST_IN_HAND = 0.5
"""Of a few rows: those that one reading gives are there at once, and are no objects yet."""
_ENUMS, _MANY_MEMBERS = ("enum.EnumType", "enum.EnumMeta"), 2000
_OF_MEMBERS, _BY_NAME = {"getmember", "getnames"}, ("extract", "extractfile")
_OF_DOCUMENTS = {
    "createElement", "createElementNS", "createTextNode", "appendChild", "insertBefore", "removeChild", "replaceChild",
    "setAttribute", "toxml", "toprettyxml", "writexml", "prettify", "new_tag", "new_string", "replace_with",
    "insert_before", "insert_after", "parentNode", "previousSibling", "nextSibling", "find_parent", "find_parents",
    "find_next", "find_previous", "next_sibling", "previous_sibling", "find_next_sibling",
}  # fmt: skip
"""What makes, changes or writes the documents of `TREES`, or goes from one of their nodes to those around it."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Objects of known classes, and tables of known modules, that keep a good part of the heap."""
    for keeper in KEEPERS:
        for owner in (node for name in keeper.types for node in snapshot.of_type_exactly(name)):
            name, *others = keeper.attribute.split() or [""]
            kept = attribute(snapshot, owner, name) if name else owner
            if kept is not None and (
                not keeper.is_many or snapshot.nodes("edges_count")[kept] >= _LEAST_ITEMS
            ):
                at = owner if keeper.at_owner else _filled_at(snapshot, kept)
                sharing = (attribute(snapshot, owner, each) for each in others)
                all_kept = [
                    kept,
                    *_beside(snapshot, keeper, kept),
                    *(n for n in sharing if n is not None),
                ]
                for found in _worth_saying(
                    snapshot,
                    at,
                    all_kept,
                    keeper.told,
                    keeper.fix,
                    for_ever=keeper.for_ever,
                    calls=keeper.calls,
                    in_hand=keeper.in_hand,
                ):
                    if not _needs_all(snapshot, keeper.types[0]):
                        yield found
    yield from _trees(snapshot)
    yield from _written_trees(snapshot)
    yield from _registered(snapshot)
    if rows := rows_being_read(snapshot):
        yield from _worth_saying(
            snapshot, rows[0], rows, QUERY_SET.told, QUERY_SET.fix, calls=QUERY_SET.calls,
            in_hand=QUERY_SET.in_hand,
        )  # fmt: skip
    caught = [node for kind in _CAUGHT for node in snapshot.of_type_exactly(kind)]
    if len(caught) >= _LEAST_ITEMS:
        told = f"catch_warnings(record=True) keeps each warning: {len(caught)}"
        fix = (
            "leave the `with` in time, warnings.simplefilter('once'), or count them in showwarning"
        )
        yield from _worth_saying(snapshot, caught[0], caught, told, fix, for_ever=True)
    for kind, least, fix in TIMERS:
        timers = snapshot.of_type_exactly(kind)
        if len(timers) >= least and snapshot.retained_of(timers) >= _LEAST_EACH_BYTES * len(timers):
            told = "timers that are still to come keep what they were given, and the context that they were set in"
            yield from _worth_saying(snapshot, timers[0], timers, told, fix, for_ever=True)
    for kind in _ENUMS:
        for owner in snapshot.of_type_exactly(kind):
            members = attribute(snapshot, owner, "_value2member_map_")
            if members is not None and snapshot.nodes("edges_count")[members] >= _MANY_MEMBERS:
                told = f"{snapshot.labels.get(owner, 'an enum')} makes and keeps a member of each value it is asked for"
                fix = (
                    "ask for the bits that have a name alone, Status(word & 0xFF), or test the ints"
                )
                yield from _worth_saying(snapshot, members, [members], told, fix, for_ever=True)
    for namespace, module in snapshot.namespaces.items():
        for (name, table), (told, fix) in GLOBALS.items():
            kept = attribute(snapshot, namespace, table) if name in ("", module) else None
            if kept is not None:
                entries = entries_of(snapshot, kept) if snapshot.type_of(kept) == "dict" else []
                yield from _worth_saying(snapshot, kept, [kept, *entries], told, fix, for_ever=True)


def _trees(snapshot: Snapshot) -> Iterator[Finding]:
    """Documents that are read whole, or of which the program keeps nodes."""
    for (document, prefix), fix in TREES.items():
        roots = [node for name in document.split() for node in snapshot.of_type_exactly(name)]
        if not roots or attributes_named(program_source(snapshot)) & _OF_DOCUMENTS:
            continue
        kinds = (name for name in snapshot.type_names if name.startswith(prefix))
        nodes = reached(snapshot, (n for name in kinds for n in snapshot.of_type_exactly(name)))
        told = f"{TREE_OF.get(prefix, 'a DOM')} keeps every node of its document: {len(nodes)}"
        documents = reached(snapshot, roots)
        of_many = OF_MANY_TREES.get(prefix, "")
        if of_many and _are_kept_by_nodes(snapshot, documents):
            told += f", of {len(documents)} documents"
            yield from _worth_saying(
                snapshot, documents[0], nodes, told, of_many
            )  # they go at once
        else:
            for found in _worth_saying(snapshot, roots[0], nodes, told, fix):
                yield without_waiting(found, snapshot, documents)


def _are_kept_by_nodes(snapshot: Snapshot, documents: Sequence[int]) -> bool:
    """Whether there are many, and most are there as the documents of nodes that are kept."""
    by_nodes = [each for each in documents if snapshot.path_to(each)[-1].name in _TO_DOCUMENT]
    return len(by_nodes) >= _LEAST_TREES and 2 * len(by_nodes) > len(documents)


def _written_trees(snapshot: Snapshot) -> Iterator[Finding]:
    """Elements that the program makes, to write the whole tree at the end."""
    elements = snapshot.of_type_exactly("xml.etree.ElementTree.Element")
    if len(elements) < _LEAST_ITEMS:
        return
    called = {last_name(each.func) for each in program_source(snapshot).of(ast.Call)}
    if called & _MAKE_ELEMENTS and called & _WRITE_ELEMENTS and not called & _READ_ELEMENTS:
        told = f"a tree of elements is made whole before it is written: {len(elements)}"
        fix = "write each entry as it is made: xml.sax.saxutils.XMLGenerator, or lxml.etree.xmlfile"
        yield from _worth_saying(snapshot, elements[len(elements) // 2], elements, told, fix)


def _registered(snapshot: Snapshot) -> Iterator[Finding]:
    """Frames that a connection of duckdb alone keeps, as they were registered and never taken back."""
    if _CONNECTION not in snapshot.type_names:
        return
    parents, source = snapshot.parents[0], program_source(snapshot)
    frames = [
        node for kind in _FRAMES for node in snapshot.of_type_exactly(kind)
        if parents[node] != NO_NODE and snapshot.type_of(parents[node]) == NATIVE
    ]  # fmt: skip
    calls = [each for each in source.of(ast.Call) if isinstance(each.func, ast.Attribute)]
    registers = [
        each for each in calls if last_name(each.func) == "register" and len(each.args) == 2
    ]
    if len(frames) < _LEAST_FRAMES or not registers:
        return
    told = f"the connection keeps each frame that was registered with it: {len(frames)}"
    fix = "connection.unregister(name) when the question is answered, or one name for all"
    at = [Related("keeps", source.file_of(each), each.lineno) for each in registers]
    for found in _worth_saying(
        snapshot, frames[len(frames) // 2], frames, told, fix, for_ever=True
    ):
        yield replace(found, related=(*found.related, *at))


def _beside(snapshot: Snapshot, keeper: Keeper, kept: int) -> Iterator[int]:
    """Objects that go with what is kept: those of a class that are in it, or where none is and it counts them, all."""
    inside = {step.node for step in snapshot.steps_from(kept)} if keeper.beside else set()
    if not keeper.beside or not (inside or keeper.is_many):
        return
    yield from in_use(snapshot, nodes_made_by(snapshot, keeper.calls))
    for name in keeper.beside:
        nodes = snapshot.of_type_exactly(name)
        yield from inside.intersection(nodes) or (nodes if keeper.is_many else ())


def _filled_at(snapshot: Snapshot, kept: int) -> int:
    """The object whose line put something in: the table itself, or the one in it that is nearly all of it; of a deque,
    whose blocks are nobody's table, its last item."""
    retained = snapshot.nodes("retained_bytes")
    few = snapshot.nodes("edges_count")[kept] < _LEAST_ITEMS
    for step in snapshot.steps_from(kept) if few and snapshot.type_of(kept) in _TABLES else ():
        if (
            snapshot.type_of(step.node) in _TABLES
            and retained[step.node] >= _NEARLY_ALL * retained[kept]
        ):
            return _filled_at(snapshot, step.node)
    if snapshot.type_of(kept) != "collections.deque":
        return kept
    items = [step.node for step in snapshot.steps_from(kept) if step.kind == "index"]
    return items[-1] if items else kept


def _needs_all(snapshot: Snapshot, kind: str) -> bool:
    """Whether the program's source, where it is there, tells that what is kept is needed."""
    calls = program_source(snapshot).of(ast.Call)
    if kind == "itertools.cycle":
        given = [each.args[0] for each in calls if last_name(each.func) == "cycle" and each.args]
        return bool(given) and all(is_whole(program_source(snapshot), each) for each in given)
    if kind == _PRODUCT:
        made = [each for each in calls if last_name(each.func) == "product" and each.args]
        return bool(made) and all(
            any(word.arg == "repeat" for word in each.keywords)
            or not isinstance(each.args[0], _COME_AS_READ)
            for each in made
        )
    if kind != "tarfile.TarFile":
        return False
    by_name = any(
        last_name(each.func) in _BY_NAME and isinstance(name, (ast.Constant, ast.JoinedStr))
        for each in calls for name in each.args[:1]
    )  # fmt: skip
    return by_name or bool(attributes_named(program_source(snapshot)) & _OF_MEMBERS)


def _least_bytes(snapshot: Snapshot) -> float:
    return max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))


def _has_line(snapshot: Snapshot, node: int) -> bool:
    at = snapshot.grown_at(node)
    return at is not None and bool(at.file)


def _worth_saying(
    snapshot: Snapshot, at: int, kept: Sequence[int], told: str, fix: str, *, for_ever: bool = False,
    calls: Sequence[str] = (), in_hand: int = 0,
) -> Iterator[Finding]:  # fmt: skip
    """at: the object whose line is to be changed. for_ever: it gathers, and is a leak where it grows. calls, in_hand:
    as a keeper has them."""
    least = _least_bytes(snapshot)
    # A program can have ten thousand owners that keep little: of each of them the bound is enough.
    if (
        snapshot.retained_at_most(kept) >= least
        and (retained := snapshot.retained_of(gone := [*kept, *values_of_keys(snapshot, kept)]))
        >= least
    ):
        if not _has_line(snapshot, at):  # from a free list of before the recording
            at = next((node for node in kept if _has_line(snapshot, node)), at)
        share = min(_MOST_IN_HAND, in_hand / max(1, snapshot.nodes("edges_count")[kept[0]]))
        found = structural(
            snapshot, at, CODE, TITLE, saving_bytes=retained, confidence=0.7 if for_ever else 0.6, fix=fix,
            evidence=[f"{told}, with {units.size(retained)}"],
            freed=Freed(roots=tuple(gone), entirely=True, calls=calls, in_hand_share=share),
        )  # fmt: skip
        yield with_what_fills(found, snapshot, kept[0]) if len(kept) == 1 else found
