"""Time and memory of statements side by side: heapwise bench 'list(range(10**5))' 'range(10**5)'."""

from __future__ import annotations

import argparse
import shutil
import sys

from heapwise.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("statements", nargs="+", metavar="STATEMENT", help="one alternative each")
    parser.add_argument(
        "-s", "--setup", action="append", default=[], help="executed once for each alternative"
    )
    parser.add_argument(
        "-n", "--number", type=int, default=0, help="runs a round (default: enough)"
    )
    parser.add_argument("-r", "--repeat", type=int, default=7, help="rounds (default: 7)")
    parser.add_argument("--json", action="store_true", help="a document, not a table")


def execute(options: argparse.Namespace) -> int:
    """Measures the statements and shows them."""
    from heapwise.analyze import alternatives as query
    from heapwise.capture import alternatives as capture
    from heapwise.render import alternatives as render

    if options.repeat < 1 or options.number < 0:
        raise UsageError("rounds and runs are counted from 1")
    found = []
    setup = "\n".join(options.setup) or "pass"
    for statement in options.statements:
        try:
            found.append(capture.of_statement(statement, setup))
            found[-1].spend(1)
        except SyntaxError as error:
            raise UsageError(f"{statement!r} is no Python: {error.msg}") from None
        except Exception as error:
            raise UsageError(f"{statement!r} fails: {type(error).__name__}: {error}") from None
    measured = capture.measure(found, repeat=options.repeat, number=options.number)
    table, verdict = query.alternatives(measured), query.verdict(measured)
    if options.json:
        sys.stdout.write(render.document(table, verdict))
    else:
        width = shutil.get_terminal_size((100, 40)).columns
        sys.stdout.write(render.text(table, verdict, width=max(width, 60)))
    return 0
