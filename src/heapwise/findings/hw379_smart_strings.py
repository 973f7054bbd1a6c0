"""HW379: texts and elements that lxml found keep their documents.

What `element.xpath("//title/text()")` gives is a text that knows its element, and an element knows its tree: a hundred
letters, or one `head`, that are kept keep megabytes, which are native memory; the heap shows some small objects. The
snapshot shows such texts and elements, how small a part of its document each is, and no other holder of the documents;
the recording what their parsing still held at the peak.

What to do: `xpath(..., smart_strings=False)` (tried by `--prove`), or `str(text)` before it is kept; of an element what
is asked of it, or `copy.deepcopy(element)`. Costs: nothing, where nobody asks for what is around it. Clean: documents
that something else keeps, or of which the elements are a good part.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW379"
TITLE = "what lxml found keeps its documents"
_TEXTS = ("lxml.etree._ElementUnicodeResult", "lxml.etree._ElementStringResult")
_DOCUMENT = "lxml.etree._Document"
_AROUND = {
    "getparent", "getnext", "getprevious", "itersiblings", "iterancestors", "getroottree",
}  # fmt: skip
_OUTER = ("/", "(")
_WAYS_UP = ("..", "ancestor", "parent", "preceding", "following")
"""How paths begin, and what is in them, that lead out of an element."""
_PARSERS = frozenset(("parse", "fromstring", "XML", "HTML", "getroot", "document_fromstring"))
_TEXTS_FIX = "xpath(..., smart_strings=False), or str(text)"
_ELEMENTS_FIX = "what is needed of the element, or copy.deepcopy(element)"
_LEAST_SHARE, _MOSTLY, _SMALL_PART = 0.1, 0.5, 0.3


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Documents that only such texts and elements keep, by the line that parsed them."""
    texts = [node for kind in _TEXTS for node in snapshot.of_type_exactly(kind)]
    elements = _small_parts(snapshot)
    documents = snapshot.of_type_exactly(_DOCUMENT)
    if not (texts or elements) or not documents:
        return
    parts = [*texts, *elements]
    share = _share_kept_by(snapshot, parts, documents)
    kinds = ((texts, "texts", _TEXTS_FIX), (elements, "elements", _ELEMENTS_FIX))
    told = " and ".join(f"{len(nodes)} {name}" for nodes, name, _ in kinds if nodes)
    fix = "; ".join(each for nodes, _, each in kinds if nodes)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * costs.peak_bytes)
    lines = Counter(
        (at.file, at.line) for node in documents if (at := snapshot.allocated_at(node)) is not None
    )
    for (file, line), count in lines.items():
        held = costs.of(file, line, line)
        size = round((held.peak_bytes - held.python_bytes) * share)
        if share >= _MOSTLY and size >= least:
            yield structural(
                snapshot, parts[len(parts) // 2], CODE, TITLE, saving_bytes=size, confidence=0.8,
                evidence=[f"{told} alone keep {round(share * count)} documents: the line that parsed "
                          f"them held {units.size(size)} of native memory at the peak"],
                fix=fix, freed=Freed(lines={(file, line): size}),
            )  # fmt: skip


def _small_parts(snapshot: Snapshot) -> list[int]:
    """Elements that are, with all others of their document, a small part of it; none where the program goes from them
    to what is around."""
    source = program_source(snapshot)
    if attributes_named(source) & _AROUND or any(
        _leads_out(source, call) for call in source.of(ast.Call)
    ):
        return []
    whole, part = snapshot.facts.get("tree_bytes", {}), snapshot.facts.get("part_bytes", {})
    of_document: dict[int, list[int]] = {}
    for node in part:
        for step in snapshot.steps_from(node):
            if snapshot.type_of(step.node) == _DOCUMENT:
                of_document.setdefault(step.node, []).append(node)
    small = (
        nodes for nodes in of_document.values()
        if sum(part[each] for each in nodes) <= _SMALL_PART * whole[nodes[0]]
    )  # fmt: skip
    return [node for nodes in small for node in nodes]


def _leads_out(source: ProgramSource, call: ast.Call) -> bool:
    """Whether it asks an element that is no document by a path that leads out of it, or may."""
    if last_name(call.func) != "xpath" or not call.args or _is_of_document(source, call):
        return False
    path = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
    is_inner = isinstance(path, str) and not path.startswith(_OUTER)
    return not is_inner or any(way in str(path) for way in _WAYS_UP)


def _is_of_document(source: ProgramSource, call: ast.Call) -> bool:
    """Whether what is asked is what a call that parses has just given."""
    asked = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(asked, ast.Call):
        return last_name(asked.func) in _PARSERS
    scope = source.scope_of(call)
    bound = [
        each.value for each in source.of(ast.Assign)
        if isinstance(asked, ast.Name) and source.scope_of(each) is scope
        and any(last_name(target) == asked.id for target in each.targets)
    ]  # fmt: skip
    return bool(bound) and all(
        isinstance(each, ast.Call) and last_name(each.func) in _PARSERS for each in bound
    )


def _share_kept_by(snapshot: Snapshot, parts: Sequence[int], documents: Sequence[int]) -> float:
    """Of the documents the share that is gone when some of their parts are."""
    sizes = snapshot.nodes("size_bytes")
    left_bytes = snapshot.retained_of([*parts, *documents]) - snapshot.retained_of(parts)
    return max(0.0, 1 - left_bytes / sum(sizes[node] for node in documents))
