"""Starts recording while an interpreter starts, when `heapwise run` asked for it.

The file `heapwise.pth` beside the package imports this module if HEAPWISE_CAPTURE is set. So the
program is run by the interpreter itself: `sys.argv`, `__main__`, tracebacks and exit codes are what
they are without Heapwise, and no frame of ours is below the program's.
"""

from __future__ import annotations

import atexit
import os
import sys

PREFIX = "HEAPWISE_CAPTURE"
# A process tree that forks without end must not fill the directory.
MOST_CHILD_FILES = 512

_current = None
_profiler = None
_snapshots = ""


def begin() -> None:
    """Starts the recording that the environment describes. Never raises into the program."""
    global _current, _snapshots
    environment = os.environ
    mode = environment.get(PREFIX, "")
    path = environment.get(f"{PREFIX}_PATH", "")
    role = environment.get(f"{PREFIX}_ROLE", "main")
    run_id = environment.get(f"{PREFIX}_RUN", "")
    children = environment.get(f"{PREFIX}_CHILDREN", "") == "1"
    with_native = environment.get(f"{PREFIX}_NATIVE", "") == "1"
    interval = environment.get(f"{PREFIX}_INTERVAL_BYTES", "")
    with_calls = environment.get(f"{PREFIX}_CALLS", "") == "1"
    snapshots = environment.get(f"{PREFIX}_SNAPSHOT", "")
    if children:
        environment[f"{PREFIX}_ROLE"] = "child"
    else:
        for name in [name for name in environment if name.startswith(PREFIX)]:
            del environment[name]
    if mode not in ("exact", "sampled") or not path:
        return
    try:
        from heapwise.capture.core import native
        from heapwise.capture.record import record

        if native().recording():
            return  # a further interpreter of a process that is being recorded
        if role != "main" and (path := child_path(path)) == "":
            return
        scope = record(
            path, sample=int(interval or 0) if mode == "sampled" else None, native=with_native
        )
        scope._begin(role=role, run_id=run_id)
    except Exception as error:
        if "subinterpreter" in str(error):
            return  # the process is being recorded from its main interpreter
        # The one word that we say in the program's process: without a recording the run is void.
        print(f"heapwise: not recording: {error}", file=sys.stderr)
        return
    _current = scope
    atexit.register(end)
    main_path = environment.get(f"{PREFIX}_PATH", path)
    os.register_at_fork(after_in_child=lambda: after_fork(main_path, run_id, children=children))
    if children:
        _try(_expect_children, main_path, role)
    if with_calls:
        count_calls()
    if snapshots:
        _snapshots = snapshots
        _try(_arm_snapshots)


def _expect_children(main_path: str, role: str) -> None:
    """Leaves to the native core what children need that C code forks, where no Python of ours runs."""
    from heapwise.capture import metadata
    from heapwise.capture.core import native

    assert _current is not None
    own, theirs = (b'"role":' + metadata.to_json(each).encode() for each in (role, "child"))
    facts = metadata.with_blanks(_current._facts).replace(own, theirs, 1)
    native().expect_children(main_path.removesuffix(".hw"), facts)


def _child_facts(interval_bytes: int, run_id: str) -> bytes:
    from heapwise.capture import metadata

    return metadata.describe(
        mode="sampled" if interval_bytes else "exact",
        interval_bytes=interval_bytes,
        cgroup_limit_bytes=metadata.control_group()[1],
        run_id=run_id,
        role="child",
    )


def _arm_snapshots() -> None:
    from heapwise.capture import triggers

    assert _current is not None
    triggers.arm(_snapshots, _current.path or "")


def count_calls() -> None:
    """Begins to count calls, or begins anew."""
    global _profiler
    from cProfile import Profile

    if _profiler is not None:
        _profiler.disable()
    _profiler = Profile()
    _profiler.enable()


def _stop_counting() -> dict[str, object] | None:
    """The calls that were counted, by function; and whether they were counted to the end: before 3.12
    a profiler that the program sets takes ours away."""
    global _profiler
    profiler, _profiler = _profiler, None
    if profiler is None:
        return None
    complete = sys.version_info >= (3, 12) or id(sys.getprofile()) == id(profiler)
    profiler.create_stats()
    rows = [[*place, *found[:4], list(found[4].items())] for place, found in profiler.stats.items()]
    return {"complete": complete, "rows": rows}


def _write_calls(path: str, counted: dict[str, object] | None) -> None:
    """Leaves the counted calls beside a recording; `heapwise run` takes them in."""
    if counted is None or not path:
        return
    from heapwise.capture.metadata import to_json

    with open(path + ".calls", "wb") as file:
        file.write(to_json(counted).encode("utf-8", "replace"))


def end() -> None:
    """Ends the recording at the exit of the interpreter."""
    global _current
    scope, _current = _current, None
    if scope is None or not scope.running:
        return
    counted = _stop_counting()
    path = scope.path or ""
    if _snapshots:
        from heapwise.capture import triggers

        _try(triggers.disarm, _snapshots)
        _try(triggers.at_end, _snapshots)
    _try(scope.stop)
    _try(_write_calls, path, counted)


def _try(step: object, *arguments: object) -> None:
    """Does one step of the end; when it fails, the next shall not miss its turn."""
    assert callable(step)
    try:
        step(*arguments)
    except Exception as error:
        print(f"heapwise: {error}", file=sys.stderr)


def after_fork(main_path: str, run_id: str, *, children: bool) -> None:
    """In a forked child: goes on in a file of its own, or stops."""
    global _current
    scope = _current
    if scope is None:
        return
    try:
        from heapwise.capture.core import native

        path = child_path(main_path) if children else ""
        if path:
            scope.path = path
            if _profiler is not None:
                count_calls()
            facts = _child_facts(scope.interval_bytes, run_id)
            if native().continue_in_child(path, facts) == 0:
                if _snapshots:
                    _arm_snapshots()
                return
        native().expect_children("", b"")
        _current = None
        scope.stop()
    except Exception:
        _current = None


def child_path(main_path: str) -> str:
    """`run.hw` -> `run.PID.hw`, or `run.PID-2.hw` when the process has replaced itself; empty when
    the run has its fill of files."""
    directory, name = os.path.split(main_path)
    stem = name.removesuffix(".hw")
    try:
        siblings = [entry for entry in os.listdir(directory or ".") if entry.startswith(stem + ".")]
    except OSError:
        return ""
    if sum(entry.endswith(".hw") for entry in siblings) > MOST_CHILD_FILES:
        count_unrecorded(os.path.join(directory, stem + ".unrecorded"))
        return ""
    name, image = f"{stem}.{os.getpid()}.hw", 1
    while name in siblings:
        image += 1
        name = f"{stem}.{os.getpid()}-{image}.hw"
    return os.path.join(directory, name)


def count_unrecorded(path: str) -> None:
    """Adds one byte to a file: its size is the number of processes that wrote no recording."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return
    os.write(descriptor, b".")
    os.close(descriptor)


begin()
