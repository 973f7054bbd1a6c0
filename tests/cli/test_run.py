"""`heapwise run` is invisible: what the program says, returns and dies of is its own."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Runner

PROGRAMS = {
    "output": "import sys\nprint('out', sys.argv[1:])\nprint('err', file=sys.stderr)\nsys.exit(7)\n",
    "traceback": "def f():\n    return 1 / 0\nf()\n",
    "message": "import sys\nsys.exit('no such thing')\n",
    "environment": "import sys, __main__\nprint(__name__, __file__, sys.path[0], __main__.__spec__, sys.flags.optimize)\n",
    "hard": "import os\nprint('before', flush=True)\nos._exit(9)\n",
    "recursion": "import sys\nprint(sys.getrecursionlimit())\ndef f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError:\n    print('caught')\n",
    "stdin": "import sys\nprint(sys.stdin.read())\n",
    "modules": "import threading, signal\nprint(threading.enumerate(), signal.getsignal(signal.SIGINT))\n",
    "warnings": "import os, warnings\nwarnings.simplefilter('error')\npid = os.fork()\nif pid == 0:\n    os._exit(0)\nos.waitpid(pid, 0)\nprint('forked')\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_without_heapwise(name: str, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAMS[name])
    prefix = [sys.executable, "-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw")]
    results = []
    for command in ([sys.executable, str(script), "a", "-b"], [*prefix, str(script), "a", "-b"]):
        done = subprocess.run(
            command, input="given", capture_output=True, text=True, cwd=tmp_path, check=False
        )
        address = re.compile(r"0x[0-9a-f]+|\b1\d{14}\b")
        results.append(
            (done.returncode, address.sub("X", done.stdout), address.sub("X", done.stderr))
        )
    assert results[0] == results[1]


def test_module_and_code(tmp_path: Path) -> None:
    (tmp_path / "thing").mkdir()
    (tmp_path / "thing" / "__main__.py").write_text(
        "import sys\nprint('thing', sys.argv[1:], __package__)\n"
    )
    base = [sys.executable, "-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw")]
    for arguments in (
        ["-m", "thing", "x"],
        ["-mthing", "x"],
        ["-c", "import sys; print(sys.argv)", "y"],
    ):
        plain = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        under = subprocess.run(
            [*base, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert (plain.returncode, plain.stdout, plain.stderr) == (
            under.returncode,
            under.stdout,
            under.stderr,
        )


@pytest.mark.parametrize("name", ["SIGTERM", "SIGSEGV", "SIGABRT", "SIGUSR1"])
def test_death_by_signal_comes_through(run_program: Runner, name: str) -> None:
    run = run_program(
        f"import os, signal, resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        f"os.kill(os.getpid(), signal.{name})\nsignal.pause()\n"
    )
    assert run.code == -getattr(signal, name)
    assert f"killed by {name}" in run.stderr


def test_signals_sent_to_us_reach_the_program(tmp_path: Path) -> None:
    script = tmp_path / "p.py"
    script.write_text(
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *a: sys.exit(42))\n"
        "print('ready', flush=True)\ntime.sleep(30)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw"), str(script)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGTERM)
    assert run.wait(20) == 42


def test_the_verdict_names_the_line_and_ends_with_the_next_command(run_program: Runner) -> None:
    run = run_program("def hog():\n    return bytearray(50_000_000)\nx = hog()\n")
    assert "one line held" in run.stderr
    assert "program.py:2 hog" in run.stderr
    assert "return bytearray(50_000_000)" in run.stderr
    last = run.stderr.strip().splitlines()[-1]
    assert last.strip().startswith("next: heapwise report")
    assert run.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run"], 2, "no program"),
        (["run", "missing.py"], 2, "no script missing.py"),
        (["run", "-m"], 2, "nothing follows -m"),
        (["run", "--nonsense", "x.py"], 2, "nonsense"),
        (["run", "-o", "/proc/nothing/x.hw", "-c", "1"], 2, "does not exist"),
        (["run", "--sample=abc", "-c", "1"], 2, "no size"),
        (["rnu"], 2, "did you mean run"),
        (["report", "missing.hw"], 2, "no file"),
        (["report", "/etc/passwd"], 2, "no recording"),
        (["export", "--format", "nonsense"], 2, "nonsense"),
        (["explain", "nonsense"], 2, "no page"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_clear_line(
    arguments: list[str], code: int, says: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_output_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("keep me")
    command = [sys.executable, "-m", "heapwise", "run", "-q", "-o", str(precious), "-c", "print(1)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert precious.read_text() == "keep me"
    assert done.stdout == ""
    ours = tmp_path / "ours.hw"
    command[6] = str(ours)
    for _ in range(2):
        assert subprocess.run(command, check=False).returncode == 0


def test_recordings_are_numbered_and_the_newest_is_meant(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "deep").mkdir()
    heapwise = [sys.executable, "-m", "heapwise"]
    for code in ("x = bytearray(3_000_000)", "y = bytearray(9_000_000)"):
        subprocess.run([*heapwise, "run", "-q", "-c", code], cwd=tmp_path / "deep", check=True)
    names = sorted(p.name for p in (tmp_path / ".heapwise").glob("*.hw"))
    assert names == ["0001-code.hw", "0002-code.hw"]
    assert (tmp_path / ".heapwise" / ".gitignore").read_text() == "*\n"
    done = subprocess.run(
        [*heapwise, "report", "--view", "lines", "--format", "csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert max(int(row.split(",")[3]) for row in done.stdout.splitlines()[1:]) >= 9_000_000


def test_start_up_is_light() -> None:
    probe = (
        "import sys; before = set(sys.modules); import heapwise.capture.autostart;"
        "print(len([m for m in set(sys.modules) - before if not m.startswith('heapwise')]))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", "import sys; sys.path[:0] = " + repr(sys.path) + "; " + probe],
                          capture_output=True, text=True, check=True, env=os.environ | {"HEAPWISE_CAPTURE": ""})  # fmt: skip
    assert int(done.stdout) <= 25


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT"])
def test_an_interrupt_that_no_terminal_sent_is_passed_on(name: str, tmp_path: Path) -> None:
    script = tmp_path / "p.py"
    script.write_text(
        f"import signal, sys, time\nsignal.signal(signal.{name}, lambda *a: sys.exit(43))\n"
        "print('ready', flush=True)\ntime.sleep(30)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", str(tmp_path / "a.hw"), str(script)],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(getattr(signal, name), signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    run.send_signal(getattr(signal, name))
    assert run.wait(20) == 43


def test_what_was_not_recorded_is_a_failure_of_ours_where_the_program_went_well(
    run_program: Runner, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    program = f"import shutil, sys\nshutil.rmtree({str(folder)!r})\nprint(4)\nsys.exit(CODE)"
    for code, expected in (("0", 125), ("7", 7)):
        folder.mkdir()
        run = run_program(program.replace("CODE", code), options=("-o", str(folder / "a.hw")))
        assert run.stdout == "4\n"
        assert "nothing was recorded" in run.stderr
        assert run.code == expected


def test_ignored_signals_stay_ignored(tmp_path: Path) -> None:
    code = "import signal; print(signal.getsignal(2) == signal.SIG_IGN, signal.getsignal(3) == signal.SIG_IGN)"
    words = [
        sys.executable,
        "-m",
        "heapwise",
        "run",
        "-q",
        "-o",
        str(tmp_path / "a.hw"),
        "-c",
        code,
    ]
    command = f"trap '' INT QUIT; exec {shlex.join(words)}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == "True True\n", done.stderr


def test_a_signal_that_comes_at_the_very_start_is_not_lost() -> None:
    code = """if True:
        import os
        from heapwise.cli import run
        quick = "trap 'exit 42' TERM; kill -TERM $PPID; sleep 5 & wait $!; exit 1"
        for _ in range(50):
            status = run._spawn(["/bin/sh", "-c", quick], dict(os.environ))
            assert os.waitstatus_to_exitcode(status) == 42, status
    """
    subprocess.run([sys.executable, "-c", code], check=True)
