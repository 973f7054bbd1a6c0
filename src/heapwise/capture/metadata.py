"""What a recording says of its program. Runs in the target: no imports beyond sys, os and time."""

from __future__ import annotations

import os
import sys
import time

from heapwise.version import __version__


def to_json(value: object) -> str:
    """JSON text of dicts, lists, strings, numbers and None.

    The standard encoder would bring `json`, `re` and a dozen more modules into the target.
    """
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        inner = ",".join(f"{_quote(str(k))}:{to_json(v)}" for k, v in value.items())
        return "{" + inner + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(to_json(item) for item in value) + "]"
    return _quote(str(value))


def _quote(text: str) -> str:
    parts = ['"']
    for char in text:
        code = ord(char)
        if char in '"\\':
            parts.append("\\" + char)
        elif code < 0x20 or 0xD800 <= code <= 0xDFFF:
            parts.append(f"\\u{code:04x}")
        else:
            parts.append(char)
    parts.append('"')
    return "".join(parts)


def control_group() -> tuple[str, int | None]:
    """(file that tells the memory in use, the effective limit in bytes or None), of cgroup v2.

    Limits may stand on a parent: the smallest on the way up counts.
    """
    try:
        with open("/proc/self/cgroup") as lines:
            paths = [line.rstrip("\n").split("::", 1)[1] for line in lines if "::" in line]
    except OSError:
        return "", None
    if not paths:
        return "", None
    place = "/sys/fs/cgroup" + paths[0].rstrip("/")
    current = place + "/memory.current"
    limit: int | None = None
    while place.startswith("/sys/fs/cgroup"):
        try:
            with open(place + "/memory.max") as file:
                text = file.read().strip()
        except OSError:
            text = "max"
        if text.isdigit():
            limit = int(text) if limit is None else min(limit, int(text))
        place = place.rpartition("/")[0]
    return (current if os.access(current, os.R_OK) else ""), limit


def library_directories() -> list[str]:
    """Where code lies that is not the user's own: the standard library and installed packages."""
    found = [os.path.dirname(os.__file__)]
    found += [path for path in sys.path or () if path.endswith(("site-packages", "dist-packages"))]
    zipped = f"python{sys.version_info[0]}{sys.version_info[1]}.zip"
    found += [path for path in sys.path or () if path.endswith(zipped)]
    return sorted({os.path.abspath(path) for path in found}, key=lambda path: (-len(path), path))


def describe(
    *,
    mode: str,
    interval_bytes: int,
    cgroup_limit_bytes: int | None,
    run_id: str,
    role: str,
    kind: str = "recording",
) -> bytes:
    """The `meta` table of a recording or a snapshot, as JSON in UTF-8."""
    now = time.time()
    started_at = (
        time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03d}Z"
    )
    arguments = list(getattr(sys, "orig_argv", sys.argv))
    facts = {
        "format": 1,
        "kind": kind,
        "tool": "heapwise",
        "version": __version__,
        "python": sys.version.split()[0],
        "implementation": sys.implementation.name,
        "platform": sys.platform,
        "machine": os.uname().machine,
        "command": arguments,
        "mode": mode,
        "sampling_interval_bytes": interval_bytes,
        "started_at": started_at,
        "pid": os.getpid(),
        "parent_pid": os.getppid(),
        "run_id": run_id,
        "role": role,
        "directory": _working_directory(),
        "library_directories": library_directories(),
        "package_directory": os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
        "cgroup_limit_bytes": cgroup_limit_bytes,
    }
    return to_json(facts).encode("utf-8", "replace")


def with_blanks(facts: bytes) -> bytes:
    """The same for a process that does not exist yet: its numbers are blanks, filled in when it does (see
    native/capture/children.hpp)."""
    for name, number in ((b"pid", os.getpid()), (b"parent_pid", os.getppid())):
        facts = facts.replace(b'"%s":%d,' % (name, number), b'"%s":%10d,' % (name, 0), 1)
    return facts


def _working_directory() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""
