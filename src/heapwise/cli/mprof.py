"""memory_profiler's mprof: run, plot, peak, list, rm, clean, attach; same arguments, same files."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from heapwise.cli.options import write_bytes
from heapwise.compat import mprof
from heapwise.compat.sampler import BACKENDS
from heapwise.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the verbs below the verb."""
    verbs = parser.add_subparsers(
        dest="action", required=True, metavar="run|plot|peak|list|rm|clean"
    )
    run = verbs.add_parser("run", help="run a program and watch its memory", allow_abbrev=False)
    run.add_argument("--python", action="store_true", help="a Python script (*.py is one anyway)")
    run.add_argument("--nopython", action="store_true", help="no Python script, whatever its name")
    run.add_argument("-T", "--interval", type=float, default=0.1, help="seconds (default: 0.1)")
    run.add_argument("-C", "--include-children", action="store_true", help="children are added")
    run.add_argument("-M", "--multiprocess", action="store_true", help="children are curves")
    run.add_argument(
        "-E", "--exit-code", action="store_true", help="end with the program's exit code"
    )
    run.add_argument("-a", "--attach", action="store_true", help="the argument is a process number")
    run.add_argument("--timeout", type=float, help="end the program after so many seconds")
    run.add_argument("-o", "--output", type=Path, help="default: mprofile_TIME.dat")
    run.add_argument("--backend", choices=BACKENDS, help="what is read (default: psutil)")
    run.add_argument("program", nargs=argparse.REMAINDER)
    attach = verbs.add_parser("attach", help="watch a process", allow_abbrev=False)
    attach.add_argument("-T", "--interval", type=float, default=0.1)
    attach.add_argument("--timeout", type=float)
    attach.add_argument("-o", "--output", type=Path)
    attach.add_argument("program", nargs=1, metavar="PID")
    plot = verbs.add_parser("plot", help="draw profiles as SVG", allow_abbrev=False)
    plot.add_argument("-t", "--title", default="")
    plot.add_argument(
        "-n", "--no-function-ts", action="store_true", help="no brackets of functions"
    )
    plot.add_argument("-s", "--slope", action="store_true", help="the mean growth as a line")
    plot.add_argument("-w", "--window", help="seconds, as FROM,TO")
    plot.add_argument("-f", "--flame", action="store_true", help="brackets are drawn in any case")
    plot.add_argument("-o", "--output", type=Path, help="default: PROFILE.svg")
    plot.add_argument("--backend", help="ignored: there is one")
    plot.add_argument("profiles", nargs="*")
    peak = verbs.add_parser("peak", help="the highest memory of profiles", allow_abbrev=False)
    peak.add_argument("--func", default="", help="of the runs of a function")
    peak.add_argument("profiles", nargs="*")
    verbs.add_parser("list", help="the profiles of this directory")
    remove = verbs.add_parser("rm", help="remove profiles by number or name", allow_abbrev=False)
    remove.add_argument("--dry-run", action="store_true")
    remove.add_argument("profiles", nargs="+")
    clean = verbs.add_parser("clean", help="remove all profiles of this directory")
    clean.add_argument("--dry-run", action="store_true")


def execute(options: argparse.Namespace) -> int:
    """Does what was asked for; returns the exit code."""
    here = Path.cwd()
    if options.action in ("run", "attach"):
        return _run(options, here)
    if options.action == "plot":
        return _plot(options, here)
    if options.action == "peak":
        for path in mprof.chosen(options.profiles, here):
            print(f"{path.name}\t{mprof.peak(mprof.read(path), options.func):.3f} MiB")
    elif options.action == "list":
        for number, path in enumerate(mprof.profiles(here)):
            made = time.strptime(path.name[9:23], "%Y%m%d%H%M%S")
            print(number, path.name, time.strftime("%H:%M:%S %d/%m/%Y", made))
    else:
        words = options.profiles if options.action == "rm" else ["*"] * bool(mprof.profiles(here))
        for path in mprof.remove(words, here, dry_run=options.dry_run):
            print(f"{'would remove' if options.dry_run else 'removed'} {path.name}")
    return 0


def _run(options: argparse.Namespace, here: Path) -> int:
    program = options.program[1:] if options.program[:1] == ["--"] else options.program
    if not program:
        raise UsageError("there is no program to run", "name a script, a program or a process")
    if options.interval <= 0:
        raise UsageError("the interval must be positive")
    path = options.output or mprof.new_name(here)
    if options.action == "attach" or options.attach:
        if not program[0].isdigit() or not Path(f"/proc/{program[0]}").exists():
            raise UsageError(f"there is no process {program[0]}")
        return mprof.record(
            [], path, interval=options.interval, timeout=options.timeout, attach=int(program[0])
        )
    print("mprof: Sampling memory every", f"{options.interval}s", file=sys.stderr)
    try:
        code = mprof.record(
            program, path, interval=options.interval, timeout=options.timeout,
            python=(options.python or mprof.is_python(program)) and not options.nopython,
            include_children=options.include_children, multiprocess=options.multiprocess,
            backend=options.backend,
        )  # fmt: skip
    except OSError as error:
        raise UsageError(f"{program[0]} cannot be run: {error.strerror}") from None
    print(f"heapwise: wrote {path}; draw it with `heapwise mprof plot`", file=sys.stderr)
    return code if options.exit_code else 0


def _plot(options: argparse.Namespace, here: Path) -> int:
    from heapwise.render import mprof_plot

    window = None
    if options.window:
        try:
            first, last = (float(word) for word in options.window.split(","))
        except ValueError:
            raise UsageError(f"{options.window} is no window", "write FROM,TO in seconds") from None
        window = (first, last)
    paths = mprof.chosen(options.profiles, here)
    output = options.output or paths[0].with_suffix(".svg")
    if output.suffix != ".svg":
        raise UsageError(f"{output} is no SVG", "name a file that ends in .svg")
    drawn = [(path.name, mprof.read(path)) for path in paths]
    write_bytes(
        mprof_plot.render(
            drawn, title=options.title, timestamps=options.flame or not options.no_function_ts,
            window=window, slope=options.slope,
        ),
        output,
    )  # fmt: skip
    return 0
