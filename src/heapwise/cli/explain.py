"""The page of an error or a finding: what it means and what to do."""

from __future__ import annotations

import argparse
import inspect

from heapwise import lint
from heapwise.cli.options import write_bytes
from heapwise.errors import UsageError, all_errors
from heapwise.findings import pages


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "slug",
        nargs="?",
        help="the word in brackets at the end of an error message, or the code of a finding (HW...)",
    )


def execute(options: argparse.Namespace) -> int:
    """Prints one page, or the list of pages."""
    found = {slug: inspect.cleandoc(error.__doc__ or "") for slug, error in all_errors().items()}
    for code, page in {**pages(), **lint.pages()}.items():
        found[code] = page.removeprefix(f"{code}: ")
    if options.slug is None:
        shown = "".join(f"{slug:20}{page.splitlines()[0]}\n" for slug, page in found.items())
        write_bytes(shown.encode(), None)
        return 0
    slug = options.slug.strip("[]")
    slug = slug.upper() if slug.upper() in found else slug
    if slug not in found:
        raise UsageError(f"there is no page {options.slug!r}", "`heapwise explain` lists them")
    write_bytes(f"{slug}\n{'=' * len(slug)}\n\n{found[slug]}\n".encode(), None)
    return 0
