"""The page of an error: what it means and what to do."""

from __future__ import annotations

import argparse
import inspect

from heapwise.errors import UsageError, all_errors


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument(
        "slug", nargs="?", help="the word in brackets at the end of an error message"
    )


def execute(options: argparse.Namespace) -> int:
    """Prints one page, or the list of pages."""
    errors = all_errors()
    if options.slug is None:
        for slug, error in errors.items():
            print(f"{slug:20}{inspect.cleandoc(error.__doc__ or '').splitlines()[0]}")
        return 0
    slug = options.slug.strip("[]")
    if slug not in errors:
        raise UsageError(f"there is no page {options.slug!r}", "`heapwise explain` lists them")
    print(f"{slug}\n{'=' * len(slug)}\n\n{inspect.cleandoc(errors[slug].__doc__ or '')}")
    return 0
