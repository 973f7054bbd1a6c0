"""HW379: texts that lxml found keep their documents.

What `element.xpath("//title/text()")` gives is a text that knows its element, and by it the whole tree, which is native
memory: a hundred letters that are kept keep megabytes, of which the heap shows some small objects. The snapshot shows
such texts, and no other holder of the documents; the recording what their parsing still held at the peak.

What to do: `xpath(..., smart_strings=False)`, or `str(text)` before it is kept. Costs: nothing, where `getparent()` of
the text is not asked. Clean: documents that something else keeps, as elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW379"
TITLE = "texts that lxml found keep their documents"
_TEXTS = ("lxml.etree._ElementUnicodeResult", "lxml.etree._ElementStringResult")
_DOCUMENT = "lxml.etree._Document"
_LEAST_SHARE, _MOSTLY = 0.1, 0.5


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Documents that only such texts keep, by the line that parsed them."""
    texts = [node for kind in _TEXTS for node in snapshot.of_type_exactly(kind)]
    documents = snapshot.of_type_exactly(_DOCUMENT)
    if not texts or not documents:
        return
    share = _share_kept_by(snapshot, texts, documents)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * costs.peak_bytes)
    lines = Counter(
        (at.file, at.line) for node in documents if (at := snapshot.allocated_at(node)) is not None
    )
    for (file, line), count in lines.items():
        held = costs.of(file, line, line)
        size = round((held.peak_bytes - held.python_bytes) * share)
        if share >= _MOSTLY and size >= least:
            yield structural(
                snapshot, texts[len(texts) // 2], CODE, TITLE, saving_bytes=size, confidence=0.8,
                evidence=[f"{len(texts)} texts alone keep {round(share * count)} documents: the line that parsed them "
                          f"held {units.size(size)} of native memory at the peak"],
                fix="xpath(..., smart_strings=False), or str(text)", freed=Freed(lines={(file, line): size}),
            )  # fmt: skip


def _share_kept_by(snapshot: Snapshot, texts: Sequence[int], documents: Sequence[int]) -> float:
    """Of the documents the share that is gone when some texts are."""
    sizes = snapshot.nodes("size_bytes")
    left_bytes = snapshot.retained_of([*texts, *documents]) - snapshot.retained_of(texts)
    return max(0.0, 1 - left_bytes / sum(sizes[node] for node in documents))
