"""The answer to "where does the resident set go?"."""

from __future__ import annotations

from heapwise.analyze.waterfall import Waterfall, of_mappings, of_snapshot
from heapwise.prove.variants import tried

__all__ = ["Waterfall", "of_mappings", "of_snapshot", "tried"]
