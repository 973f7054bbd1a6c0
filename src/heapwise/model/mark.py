"""The mark that every file of ours begins with. Apart, because `heapwise run` needs no more of a file."""

from __future__ import annotations

import os

MAGIC = b"HEAPWISE"


def is_ours(path: str | os.PathLike[str]) -> bool:
    """Whether a file bears our mark, and so may be overwritten."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not needed here
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


SETTING = "HEAPWISE_CAPTURE_SETTING"
"""The environment variable with a setting that a program is tried with."""
