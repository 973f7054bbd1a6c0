"""The answer to "where does the resident set go?"."""

from __future__ import annotations

from heapwise.analyze.waterfall import Waterfall, given_back, of_mappings, of_snapshot
from heapwise.prove.variants import tried

__all__ = ["Waterfall", "given_back", "of_mappings", "of_snapshot", "tried"]
