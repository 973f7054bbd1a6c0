"""Record a program: heapwise run [options] script.py args..., or -m module, or -c code.

The program is run by the interpreter as if Heapwise were not there: its output, exit code, signals
and tracebacks are its own. What we have to say goes to stderr, after it has ended.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from heapwise import units
from heapwise.capture import triggers
from heapwise.capture.core import native
from heapwise.cli.options import size, use_color
from heapwise.errors import CannotRecordError, HeapwiseError, UsageError

if TYPE_CHECKING:
    from heapwise.model.recording import Recording

_FORWARDED = ("SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGWINCH", "SIGCONT")
_OF_TERMINALS = (signal.SIGINT, signal.SIGQUIT)
EXIT_OURSELVES = 125
_MOST_KEPT, _ENOUGH = 16, 0.7
_LONGEST_WAIT_S, _MOMENT_S = 60, 0.02


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.usage = "heapwise run [options] (script.py | -m module | -c code) [args...]"
    parser.add_argument(
        "-o", "--output", type=Path, help="where the recording goes (default: .heapwise/)"
    )
    parser.add_argument(
        "--sample", nargs="?", type=size, const=256 * 1024, metavar="SIZE",
        help="take a sample, one in SIZE bytes on average (write --sample=SIZE; default 256KiB)",
    )  # fmt: skip
    parser.add_argument(
        "--native", action="store_true", help="frames of extensions and libraries, too"
    )
    parser.add_argument(
        "--snapshot", type=_snapshots, metavar="WHEN",
        help="write the heap as a graph, too: end, peak, every=30s, signal[=USR2]; "
        "several joined by commas",
    )  # fmt: skip
    parser.add_argument(
        "--values", action="store_true",
        help="snapshots show the beginnings of strings and the values of numbers, too",
    )  # fmt: skip
    parser.add_argument(
        "--calls",
        action="store_true",
        help="count calls and their times, too (cProfile; costs time)",
    )
    parser.add_argument("--no-children", action="store_true", help="do not record child processes")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing when all went well")
    parser.set_defaults(program=[])


def _snapshot_words(options: argparse.Namespace) -> str:
    """--snapshot and --values as the target reads them."""
    if options.values and not options.snapshot:
        raise UsageError("--values is about snapshots", "say when, with --snapshot")
    spec: str = options.snapshot or ""
    return f"{spec},values" if options.values else spec


def _snapshots(text: str) -> str:
    """--snapshot as the target reads it: times in milliseconds, signals without SIG."""
    found = {}
    for word in text.split(","):
        when, _, value = word.strip().partition("=")
        if when not in ("end", "peak", "every", "signal") or (value and when in ("end", "peak")):
            raise argparse.ArgumentTypeError(
                f"{word!r} is not one of end, peak, every=30s, signal[=USR2]"
            )
        if word.strip().endswith("="):
            raise argparse.ArgumentTypeError(f"nothing follows {word.strip()}")
        if when == "every":
            value = str(_interval_ms(value))
        if when == "signal":
            value = (value.upper().removeprefix("SIG")) or triggers.DEFAULT_SIGNAL
            if not hasattr(signal, "SIG" + value) or value in ("KILL", "STOP"):
                raise argparse.ArgumentTypeError(f"there is no signal {value} to wait for")
        found[when] = value
    if "peak" in found and "every" in found:
        raise argparse.ArgumentTypeError("choose one of peak and every=...")
    return ",".join(f"{when}={value}" if value else when for when, value in found.items())


def _interval_ms(text: str) -> int:
    try:
        interval_ms = round(units.parse_duration(text or "30s") * 1000)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if interval_ms < 10:
        raise argparse.ArgumentTypeError(f"{text} is too short an interval; 10ms is the least")
    return interval_ms


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """(our options, the program and its arguments): what follows the program is never ours."""
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if not word.startswith("-") or word == "-" or word[:2] in ("-m", "-c") or word == "--":
            break
        at += 2 if word in ("-o", "--output", "--snapshot") else 1
    return arguments[:at], arguments[at:]


def execute(options: argparse.Namespace) -> int:
    """Runs the program; returns its exit code; that of a failure of ours where it went well, and was not recorded."""
    from heapwise import config
    from heapwise.model import store

    settings = config.load(store.project_directory())
    options.sample = settings.sample if options.sample is None else options.sample
    options.native = options.native or settings.native
    options.no_children = options.no_children or not settings.children
    command, name = _command(options.program)
    native()  # an interpreter that we do not know must not run the program unrecorded
    if options.output is not None:
        store.check_output(options.output)
        path = options.output.absolute()
        if store.has_siblings(path):
            from heapwise.model.family import remove_children

            remove_children(path)
    else:
        path = store.new_path(name, keep=settings.keep)
    code = _spawn(command, _environment(options, path))
    _report(options, path, code)
    if code == 0 and not path.exists():
        return EXIT_OURSELVES  # what comes next would work on nothing
    return _exit_like(code)


def _command(program: list[str]) -> tuple[list[str], str]:
    """(command line, name for the file). Raises UsageError when there is nothing to run."""
    if program[:1] == ["--"]:
        program = program[1:]
    if not program:
        raise UsageError("there is no program to run", "name a script, -m module or -c code")
    interpreter = [sys.executable, *_interpreter_flags()]
    first = program[0]
    if first.startswith(("-m", "-c")):
        flag, value = first[:2], first[2:]
        rest = program[1:]
        if not value:
            if not rest:
                raise UsageError(f"nothing follows {flag}")
            value, rest = rest[0], rest[1:]
        return [*interpreter, flag, value, *rest], "code" if flag == "-c" else value
    script = Path(first)
    if not script.exists():
        raise UsageError(f"there is no script {first}")
    return [
        *interpreter,
        first,
        *program[1:],
    ], script.stem if script.name != "__main__.py" else script.parent.name


def _interpreter_flags() -> list[str]:
    """Flags that our own interpreter was given and the program's shall have, too."""
    flags = sys.flags
    counted = {
        "-d": flags.debug,
        "-O": flags.optimize,
        "-v": flags.verbose,
        "-b": flags.bytes_warning,
    }
    found = [flag for flag, times in counted.items() for _ in range(times)]
    found += (
        ["-I"]
        if flags.isolated
        else ["-E"] * flags.ignore_environment + ["-s"] * flags.no_user_site
    )
    if flags.dont_write_bytecode and not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        found.append("-B")
    if flags.safe_path and not flags.isolated and not os.environ.get("PYTHONSAFEPATH"):
        found.append("-P")
    found += [f"-W{warning}" for warning in sys.warnoptions]
    return found + [
        f"-X{name}" if on is True else f"-X{name}={on}" for name, on in sys._xoptions.items()
    ]


def _environment(options: argparse.Namespace, path: Path) -> dict[str, str]:
    return os.environ | {
        "HEAPWISE_CAPTURE": "sampled" if options.sample else "exact",
        "HEAPWISE_CAPTURE_PATH": str(path),
        "HEAPWISE_CAPTURE_ROLE": "main",
        "HEAPWISE_CAPTURE_RUN": f"{path.stem}-{os.getpid()}-{time.time_ns():x}",
        "HEAPWISE_CAPTURE_CHILDREN": "0" if options.no_children else "1",
        "HEAPWISE_CAPTURE_NATIVE": "1" if options.native else "0",
        "HEAPWISE_CAPTURE_SNAPSHOT": _snapshot_words(options),
        "HEAPWISE_CAPTURE_CALLS": "1" if options.calls else "0",
        "HEAPWISE_CAPTURE_INTERVAL_BYTES": str(options.sample or 0),
    }


def _spawn(command: list[str], environment: dict[str, str]) -> int:
    """Runs a command to its end; returns its wait status. Signals sent to us go on to it.

    They are blocked and waited for: a handler could run a moment before we wait, and be too late.
    """
    names = ("SIGINT", "SIGQUIT", *_FORWARDED)
    watched = {getattr(signal, name) for name in names}
    watched = {each for each in watched if signal.getsignal(each) is not signal.SIG_IGN}
    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # else nobody could learn how it ended
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched | {signal.SIGCHLD})
    try:
        pid = os.posix_spawn(command[0], command, environment, setsigmask=before)
        while True:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return status
            number = signal.sigwait(watched | {signal.SIGCHLD})
            # What the terminal sends goes to the whole group: the program gets its own.
            if number == signal.SIGCHLD or (number in _OF_TERMINALS and _in_foreground()):
                continue
            os.kill(pid, number)
    except OSError as error:
        raise CannotRecordError(f"{command[0]} cannot be started: {error.strerror}") from None
    finally:
        while signal.sigtimedwait(watched, 0) is not None:
            pass  # came too late for the program
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_foreground() -> bool:
    """Whether a terminal sends its signals to our process group."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def _report(options: argparse.Namespace, path: Path, status: int) -> None:
    """Says the verdict; or why there is none."""
    path.with_name(path.name + ".tmp").unlink(missing_ok=True)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        _say(f"the program was killed by {name}")
    if not path.exists():
        _say(
            "nothing was recorded: the interpreter did not load Heapwise's start-up file "
            "(heapwise.pth); `heapwise doctor` tells more"
        )
        return
    if options.output is None:
        from heapwise.model import store

        store.set_latest(path)
    if options.calls:
        _keep_calls(path)
    _await_snapshot(path)
    _say_missing_snapshots(options, path)
    if options.quiet:
        return
    from heapwise.analyze.selection import Selection
    from heapwise.model.family import open_family
    from heapwise.render import verdict
    from heapwise.views import report

    try:
        family = open_family(path)
        _keep_sources(family.merged)
        built = report.build(family, Selection(), view="verdict")
        next_command = _next_command(path, advised=bool(built.findings))
        words = verdict.render(built, color=use_color(sys.stderr), command=next_command)
    except HeapwiseError as error:
        _say(f"{error} [{error.slug}]")
        return
    except Exception as error:  # a fault of ours must not become the program's exit code
        _say(f"the verdict failed ({type(error).__name__}: {error}); the recording is {path}")
        return
    sys.stderr.write(words)


def _await_snapshot(path: Path) -> None:
    """Waits for the snapshot of the peak, where a program that ended all at once has left it unfinished."""
    unfinished = path.with_name(f"{path.name.removesuffix('.hw')}.peak{triggers.SUFFIX}.tmp")
    until = time.monotonic() + _LONGEST_WAIT_S
    while unfinished.exists() and time.monotonic() < until:
        time.sleep(_MOMENT_S)


def _say_missing_snapshots(options: argparse.Namespace, path: Path) -> None:
    """Snapshots that were asked for and are not there."""
    from heapwise.model import store

    wanted = triggers.parse(options.snapshot or "")
    stem = path.name.removesuffix(".hw")
    names = [found.name.removeprefix(stem) for found in store.snapshots_of(path)]
    if "end" in wanted and triggers.SUFFIX not in names:
        _say(
            "no snapshot of the end: the program ended without the interpreter's exit (os._exit, a signal)"
        )
    if "peak" in wanted and ".peak" + triggers.SUFFIX not in names:
        _say(
            "no snapshot of the peak: the program was too short, or its main thread was in native code"
        )
    if "every" in wanted:
        from heapwise.model.recording import Recording

        try:
            duration_s = Recording.open(path).summary.duration_s
        except HeapwiseError:
            return
        due = min(_MOST_KEPT, int(1000 * duration_s / int(wanted["every"])))
        taken = sum(name.split(".")[1].isdigit() for name in names)
        if taken < _ENOUGH * due - 1:
            _say(
                f"{taken} of some {due} snapshots were taken: the main thread was in native code meanwhile"
            )


def _keep_calls(path: Path) -> None:
    """Takes what the profilers of the processes left beside their recordings into these."""
    from heapwise.model import store
    from heapwise.model.append import embed_calls

    for recording in (path, *store.children_of(path)):
        try:
            embed_calls(recording)
        except (OSError, HeapwiseError) as error:
            _say(f"calls of {recording.name} could not be kept: {error}")


def _keep_sources(recording: Recording) -> None:
    """Keeps the text of the program's own lines in the file, for reports after the source has changed."""
    from heapwise.model.append import embed_sources

    lines: dict[str, set[int]] = {}
    for _, file, line in recording.frames:
        if line > 0 and recording.is_user_file(file):
            lines.setdefault(file, set()).add(line)
    try:
        embed_sources(recording.path, lines)
    except OSError as error:
        _say(f"source lines could not be kept: {error.strerror}")


def _next_command(path: Path, *, advised: bool) -> str:
    from heapwise.model import store

    name = shlex.quote(os.path.relpath(path))
    if len(store.snapshots_of(path)) > 1:
        return f"heapwise leaks {name}"
    if advised:
        return f"heapwise advise {name} --prove"
    return f"heapwise report {name} -o report.html"


def _say(text: str) -> None:
    print(f"heapwise: {text}", file=sys.stderr)


def _exit_like(status: int) -> int:
    """Ends as the program ended: with its exit code, or by its signal."""
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    number = os.WTERMSIG(status)
    sys.stdout.flush()
    sys.stderr.flush()
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one core file, the program's, is enough
    signal.signal(number, signal.SIG_DFL) if number not in (
        signal.SIGKILL,
        signal.SIGSTOP,
    ) else None
    os.kill(os.getpid(), number)
    return 128 + number
