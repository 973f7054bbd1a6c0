"""How did what a line held change over time? A short series for each, on the recording's time axis."""

from __future__ import annotations

from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording
from heapwise.model.table import Table

STEPS = 24


def with_trends(
    table: Table, recording: Recording, selection: Selection, *, until_s: float = 0.0
) -> Table:
    """The lines with a further column: bytes held in each of STEPS equal parts of the run (the most
    in each; lines below 1/1024 of the heap count as 0). until_s: or of its time until then; 0: all of it."""
    frames, charged = recording.frames, recording.site_user_frames
    wanted = {
        (file, line): row
        for row, (file, line) in enumerate(
            zip(table.columns["file"], table.columns["line"], strict=True)
        )
    }
    chosen = set(selection.rows(recording))
    row_of_site = {
        site: wanted[at]
        for site in chosen
        if (at := (frames[charged[site]].file, frames[charged[site]].line)) in wanted
    }
    duration = until_s or recording.summary.duration_s or 1.0
    held = _held(recording, row_of_site, len(table), duration)
    # The peak itself is known to the byte, and lies between two moments.
    summary = recording.summary
    step = min(STEPS - 1, int(summary.peak_s / duration * STEPS))
    for series, peak in zip(held, table.columns["peak_bytes"], strict=True):
        series[step] = max(series[step], peak)
    return Table(table.name, {**table.columns, "trend_bytes": held}, table.note)


def _held(
    recording: Recording, row_of_site: dict[int, int], rows: int, duration: float
) -> list[list[int]]:
    found = [[-1] * STEPS for _ in range(rows)]
    last = [0] * rows
    step = 0
    for moment in recording.moments:
        now = [0] * rows
        for site, size in moment.held:
            row = row_of_site.get(site)
            if row is not None:
                now[row] += size
        until = min(STEPS - 1, int(moment.time_s / duration * STEPS))
        for row in range(rows):
            for between in range(step, until):  # no moment fell into these parts
                found[row][between] = max(found[row][between], last[row])
            found[row][until] = max(found[row][until], now[row])
        step, last = until, now
    return [[max(value, 0) for value in series] for series in found]
