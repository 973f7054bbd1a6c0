"""When did which function of the program run, and what did the heap do meanwhile? The brackets under
the curve: spans of the main thread, found from where it stood at each tick."""

from __future__ import annotations

from dataclasses import dataclass

from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.model.tables import Tick

_MOST = 12
_LEAST_SHARE = 0.01
"""Of the duration, or of the peak: what is shorter and moved the heap by less is left out."""


@dataclass
class _Span:
    start_s: float
    end_s: float
    before_bytes: int
    highest_bytes: int
    after_bytes: int

    def moved_bytes(self) -> int:
        return max(
            self.highest_bytes - self.before_bytes, abs(self.after_bytes - self.before_bytes)
        )


def spans(recording: Recording, selection: Selection) -> Table:
    """function, file, depth (callers among the shown functions' own), start_s, end_s, before_bytes,
    highest_bytes, after_bytes: in order of time; those that moved the heap most."""
    found: list[tuple[tuple[str, str], int, _Span]] = []
    running: dict[tuple[str, str], tuple[int, _Span]] = {}
    functions: dict[int, list[tuple[str, str]]] = {}
    last = Tick(0.0, 0, 0, 0)
    ending: list[_Span] = []
    for tick in recording.ticks:
        # A function's locals are freed after its frame has gone, while its caller stands still.
        if ending and tick.heap_bytes < last.heap_bytes:
            for span in ending:
                span.after_bytes = tick.heap_bytes
        if tick.node != last.node:
            ending = []
        if tick.node:
            now = functions.get(tick.node)
            if now is None:
                now = functions[tick.node] = _functions(recording, tick.node, selection.module)
            for ended in [function for function in running if function not in now]:
                depth, span = running.pop(ended)
                span.end_s, span.after_bytes = tick.time_s, tick.heap_bytes
                found.append((ended, depth, span))
                ending.append(span)
            for depth, function in enumerate(now):
                if function not in running:
                    start = _Span(last.time_s, 0.0, last.heap_bytes, last.heap_bytes, 0)
                    running[function] = depth, start
        for _, span in running.values():
            span.highest_bytes = max(span.highest_bytes, tick.heap_bytes)
        last = tick
    for function, (depth, span) in running.items():
        span.end_s, span.after_bytes = last.time_s, last.heap_bytes
        found.append((function, depth, span))
    return _table(recording, found, selection)


def _functions(recording: Recording, node: int, module: str) -> list[tuple[str, str]]:
    """The program's own functions on a stack, outermost first, each once; modules' bodies are not
    entered and left as functions are, and a comprehension is part of its function."""
    shown: dict[tuple[str, str], None] = {}
    if recording.own_nodes[node]:
        return []
    for frame in recording.stack(node):
        wanted = not module or module in frame.file or module in frame.function
        if wanted and not frame.function.endswith(">") and recording.is_user_file(frame.file):
            shown.setdefault((frame.function, frame.file))
    return list(shown)


def _table(
    recording: Recording, found: list[tuple[tuple[str, str], int, _Span]], selection: Selection
) -> Table:
    summary = recording.summary
    long_s, large = _LEAST_SHARE * summary.duration_s, _LEAST_SHARE * summary.peak_bytes
    worth = [
        item for item in found
        if item[2].end_s - item[2].start_s >= long_s or item[2].moved_bytes() >= large
    ]  # fmt: skip
    worth.sort(key=lambda item: -item[2].moved_bytes())
    most = _MOST if selection.limit <= 0 else min(_MOST, selection.limit)
    shown = sorted(worth[:most], key=lambda item: (item[2].start_s, item[1]))
    left = len(worth) - len(shown)
    return Table(
        "spans",
        {
            "function": [function for (function, _), _, _ in shown],
            "file": [file for (_, file), _, _ in shown],
            "depth": [depth for _, depth, _ in shown],
            "start_s": [span.start_s for _, _, span in shown],
            "end_s": [span.end_s for _, _, span in shown],
            "before_bytes": [span.before_bytes for _, _, span in shown],
            "highest_bytes": [span.highest_bytes for _, _, span in shown],
            "after_bytes": [span.after_bytes for _, _, span in shown],
        },
        f"{left} more spans are left out" if left else "",
    )
