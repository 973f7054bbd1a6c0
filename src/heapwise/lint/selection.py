"""Which rules are asked of which file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path

from heapwise.errors import UsageError
from heapwise.lint import UNREADABLE, rules

_NEAR = 5


def codes_of(words: Sequence[str]) -> set[str]:
    """The codes that begin with any of some words; ALL: every one. UsageError for a word that begins none."""
    known = [UNREADABLE, *rules()]
    found: set[str] = set()
    for word in words:
        fitting = {code for code in known if word == "ALL" or code.startswith(word)}
        if not fitting or not word:
            near = get_close_matches(word, known, _NEAR)
            near.sort(key=lambda each: not word.startswith(each))
            raise UsageError(
                f"no rule begins with {word!r}",
                f"did you mean {near[0]}?" if near else "`heapwise explain` lists them",
            )
        found |= fitting
    return found


def codes(select: Sequence[str], ignore: Sequence[str]) -> set[str]:
    """The codes that are selected (nothing: all) and not ignored. UsageError as `codes_of`."""
    return (codes_of(select) if select else {UNREADABLE, *rules()}) - codes_of(ignore)


def allowed(chosen: Collection[str], file: Path, ignores: Mapping[str, Sequence[str]]) -> set[str]:
    """Of the chosen codes those that are asked of a file; ignores: pattern -> codes."""
    kept = set(chosen)
    for pattern, words in ignores.items():
        inverted = pattern.startswith("!")
        plain = pattern.removeprefix("!")
        matches = (
            fnmatch(str(file), plain)
            or fnmatch(file.name, plain)
            or fnmatch(str(file), f"*/{plain}")
        )
        if matches is not inverted:
            kept -= codes_of(words)
    return kept
