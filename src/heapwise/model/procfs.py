"""The mappings of a running process, as /proc tells them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from heapwise.errors import UsageError
from heapwise.model.heap_tables import Mapped

_FIGURES = {
    "Rss": "rss_bytes",
    "Pss": "pss_bytes",
    "Private_Clean": "private_bytes",
    "Private_Dirty": "private_bytes",
    "Anonymous": "anonymous_bytes",
}


def mappings(pid: int) -> Sequence[Mapped]:
    """All mappings in order of address. UsageError when the process is not there, or not ours to look at."""
    try:
        text = Path(f"/proc/{pid}/smaps").read_text(errors="replace")
    except OSError as error:
        raise UsageError(f"process {pid} cannot be looked at: {error.strerror}") from None
    found: list[Mapped] = []
    for line in text.splitlines():
        head, _, rest = line.partition(" ")
        if "-" in head and not head.endswith(":"):
            begin, _, end = head.partition("-")
            words = rest.split(None, 4)
            flags = sum(
                bit
                for bit, here in zip((1, 2, 4, 8), words[0].replace("p", "-"), strict=True)
                if here != "-"
            )
            name = words[4] if len(words) > 4 else ""
            found.append(Mapped(int(begin, 16), int(end, 16), 0, 0, 0, 0, name, flags))
        elif (figure := _FIGURES.get(head.rstrip(":"))) and found:
            size = int(rest.split()[0]) * 1024
            found[-1] = found[-1]._replace(**{figure: getattr(found[-1], figure) + size})
    return found
