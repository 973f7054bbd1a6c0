"""Changes tried on real programs: what helps is proved, what does not is said so, and nothing is touched."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GREEDY = """import sys
def squares(n):
    return [bytes(100_000) for _ in range(n)]
if __name__ == "__main__":
    print(sum(len(each) for each in squares(200)))
    open("out.txt", "w").write("same")
"""
PATCH = """--- a/app.py
+++ b/app.py
@@ -1,3 +1,3 @@
 import sys
 def squares(n):
-    return [bytes(100_000) for _ in range(n)]
+    return @@
"""


def heapwise(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "heapwise", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(GREEDY)
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def patch(project: Path, line: str) -> str:
    path = project / "change.diff"
    path.write_text(PATCH.replace("return @@", f"return {line}"))
    return str(path)


def proof(*words: str, cwd: Path) -> tuple[int, dict[str, Any]]:
    done = heapwise("prove", "--json", *words, cwd=cwd)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_what_helps_is_proved(project: Path) -> None:
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    code, found = proof(
        "--patch",
        change,
        "--rounds",
        "2",
        "--same",
        "out.txt",
        "--",
        "python",
        "app.py",
        cwd=project,
    )
    assert (code, found["verdict"], found["same_output"]) == (0, "proved", True)
    before, after = found["before"]["peak_bytes"], found["after"]["peak_bytes"]
    assert before["median"] - after["median"] == pytest.approx(199 * 100_000, rel=0.05)
    assert set(before) == {"median", "low", "high"}
    assert set(found["before"]) == {"peak_bytes", "total_bytes", "peak_rss_bytes", "time_s"}
    assert (project / "app.py").read_text() == GREEDY
    assert not (project / "out.txt").exists()


def test_what_does_not_help_is_disproved(project: Path) -> None:
    change = patch(project, "list(bytes(100_000) for _ in range(n))")
    code, found = proof("--patch", change, "--rounds", "2", "--", "app.py", cwd=project)
    assert (code, found["verdict"]) == (1, "disproved")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[bytes(10) for _ in range(n)]", "something else on stdout"),
        ("sys.exit(3)", "exits with 3"),
        (
            "open('out.txt', 'w').write('x') and [bytes(100_000)] * n if n < 0 else nonsense",
            "NameError",
        ),
    ],
)
def test_what_changes_the_program_is_told(project: Path, line: str, words: str) -> None:
    code, found = proof(
        "--patch", patch(project, line), "--rounds", "1", "--", "app.py", cwd=project
    )
    assert (code, found["verdict"], found["same_output"]) == (1, "changed", False)
    assert words in found["why"]


def test_an_output_file_that_differs_is_told(project: Path) -> None:
    change = project / "change.diff"
    change.write_text(
        '--- a/app.py\n+++ b/app.py\n@@ -6,1 +6,1 @@\n-    open("out.txt", "w").write("same")\n'
        '+    open("out.txt", "w").write("other")\n'
    )
    common = ["--patch", str(change), "--rounds", "1"]
    _, found = proof(*common, "--same", "out.txt", "--", "app.py", cwd=project)
    assert (found["verdict"], found["why"]) == ("changed", "an output file differs")


def test_a_program_that_fails_as_it_is(project: Path) -> None:
    (project / "app.py").write_text(GREEDY + "    sys.exit('no input')\n")
    code, found = proof(
        "--patch", patch(project, "[]"), "--rounds", "1", "--", "app.py", cwd=project
    )
    assert (code, found["verdict"]) == (1, "failed")
    assert "no input" in found["why"]


def test_output_that_differs_by_itself_is_not_compared(project: Path) -> None:
    (project / "app.py").write_text(GREEDY + "    import time; print(time.time_ns())\n")
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    code, found = proof("--patch", change, "--rounds", "2", "--", "app.py", cwd=project)
    assert (code, found["same_output"]) == (0, None)
    assert "by itself" in found["why"]


def test_a_test_command_must_succeed_in_both(project: Path) -> None:
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    test = f"{shlex.quote(sys.executable)} -c 'import app; assert isinstance(app.squares(1), list)'"
    common = ["--patch", change, "--rounds", "1", "--test"]
    _, found = proof(*common, test, "--", "app.py", cwd=project)
    assert (found["verdict"], "the test fails" in found["why"]) == ("changed", True)
    _, found = proof(*common, "false", "--", "app.py", cwd=project)
    assert found["verdict"] == "failed"


def test_keep_changes_the_original_only_when_it_is_proved(project: Path) -> None:
    bad = patch(project, "[bytes(10) for _ in range(n)]")
    heapwise("prove", "--patch", bad, "--rounds", "1", "--keep", "--", "app.py", cwd=project)
    assert (project / "app.py").read_text() == GREEDY
    good = patch(project, "(bytes(100_000) for _ in range(n))")
    heapwise("prove", "--patch", good, "--rounds", "1", "--keep", "--", "app.py", cwd=project)
    assert "return (bytes(100_000)" in (project / "app.py").read_text()


def test_two_commands(project: Path) -> None:
    (project / "other.py").write_text(
        GREEDY.replace("[bytes(100_000) for _ in range(n)]", "(bytes(100_000) for _ in range(n))")
    )
    code, found = proof(
        "--before", "python app.py", "--after", "python other.py", "--rounds", "1", cwd=project
    )
    assert (code, found["verdict"]) == (0, "proved")
    code, found = proof(
        "--before", "sh -c 'echo a'", "--after", "sh -c 'echo a'", "--rounds", "2", cwd=project
    )
    assert (code, "peak_bytes" in found["before"]) == (1, False)
    assert "no Python script" in found["why"]


def test_a_finding_by_its_code(project: Path) -> None:
    heapwise("run", "-q", "-o", "run.hw", "app.py", cwd=project)
    (project / "out.txt").unlink()
    code, found = proof("HW702@app.py:3", "run.hw", "--rounds", "1", cwd=project)
    assert (code, found["verdict"]) == (0, "proved")
    missing = heapwise("prove", "HW705", "run.hw", cwd=project)
    assert missing.returncode == 2
    assert "there is no finding HW705; found: HW702" in missing.stderr


def test_a_program_that_uses_the_installed_file_is_told(project: Path) -> None:
    (project / "main.py").write_text(
        f"import sys; sys.path.insert(0, {str(project)!r})\nimport app\nprint(len(app.squares(9)))\n"
    )
    change = patch(project, "list(bytes(100_000) for _ in range(n))")
    (project / "sub").mkdir()
    (project / "main.py").rename(project / "sub" / "main.py")
    done = heapwise("prove", "--patch", change, "--rounds", "1", "--", "sub/main.py", cwd=project)
    assert done.returncode == 2
    assert "not its copy" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["prove"], "nothing to prove"),
        (["prove", "--before", "python app.py"], "go together"),
        (["prove", "--patch", "nowhere.diff", "--", "app.py"], "cannot be read"),
        (["prove", "--patch", "app.py", "--", "app.py"], "no unified diff"),
        (["prove", "--before", "nonsense-command", "--after", "python app.py"], "no command"),
        (["prove", "--rounds", "0", "HW702"], "--rounds"),
    ],
)
def test_bad_input_is_told(project: Path, words: list[str], said: str) -> None:
    done = heapwise(*words, cwd=project)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


def test_advise_tries_what_it_advises(project: Path) -> None:
    heapwise("run", "-q", "-o", "run.hw", "app.py", cwd=project)
    (project / "out.txt").unlink()
    done = heapwise("advise", "run.hw", "--prove", "--rounds", "1", "--keep", cwd=project)
    assert done.returncode == 1
    assert "HW702 a list for callers that read it once" in done.stdout
    assert "+    return (bytes(100_000) for _ in range(n))" in done.stdout
    assert "proved: less peak heap" in done.stdout
    assert "return (bytes(100_000)" in (project / "app.py").read_text()
    found = json.loads(heapwise("advise", "run.hw", "--json", cwd=project).stdout)
    assert found["summary"]["whole_bytes"] > 0


def test_each_run_begins_afresh(project: Path) -> None:
    (project / "app.py").write_text("import os\nos.mkdir('out')\n" + GREEDY)
    change = project / "change.diff"
    change.write_text(
        PATCH.replace("return @@", "return (bytes(100_000) for _ in range(n))").replace(
            "1,3", "3,3"
        )
    )
    code, found = proof("--patch", str(change), "--rounds", "2", "--", "app.py", cwd=project)
    assert (code, found["verdict"]) == (0, "proved")
    assert not (project / "out").exists()


def test_paths_within_words_and_links_lead_into_the_copy(project: Path) -> None:
    (project / "data").mkdir()
    (project / "link").symlink_to(project / "data")
    (project / "app.py").write_text(
        GREEDY
        + "    open(sys.argv[1].partition('=')[2], 'a').write('x')\n    open('link/y', 'a').write('y')\n"
    )
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    words = ["--patch", change, "--rounds", "1", "--same", str(project / "out2.txt")]
    code, _ = proof(*words, "--", "app.py", f"--out={project}/out2.txt", cwd=project)
    assert code == 0
    assert not (project / "out2.txt").exists()
    assert not list((project / "data").iterdir())


def test_an_output_that_is_not_written_is_told(project: Path) -> None:
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    done = heapwise(
        "prove",
        "--patch",
        change,
        "--rounds",
        "1",
        "--same",
        "nothere",
        "--",
        "app.py",
        cwd=project,
    )
    assert (done.returncode, "writes no nothere" in done.stderr) == (2, True)


def test_flags_of_the_interpreter_stay(project: Path) -> None:
    change = patch(project, "(bytes(100_000) for _ in range(n))")
    _, found = proof(
        "--patch", change, "--rounds", "1", "--", "python", "-u", "-X", "dev", "app.py", cwd=project
    )
    assert found["verdict"] == "proved"
    assert "peak_bytes" in found["before"]


def test_the_same_command_is_not_proved_by_one_run(project: Path) -> None:
    for _ in range(3):
        code, found = proof(
            "--before", "python app.py", "--after", "python app.py", "--rounds", "1", cwd=project
        )
        assert (code, found["verdict"]) == (1, "disproved")


def test_nothing_is_left_when_it_is_stopped(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import os
    import signal
    import time

    scratch = tmp_path_factory.mktemp("scratch")
    (project / "app.py").write_text("import time\nopen('/proc/self/stat')\ntime.sleep(60)\n")
    words = [
        sys.executable,
        "-m",
        "heapwise",
        "prove",
        "--before",
        "python app.py",
        "--after",
        "python app.py",
    ]
    running = subprocess.Popen(words, cwd=project, env=os.environ | {"TMPDIR": str(scratch)})
    deadline = time.monotonic() + 20
    while (
        not list(scratch.glob("heapwise-prove-*/before/project/app.py"))
        and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    time.sleep(0.5)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 128 + signal.SIGTERM
    assert not list(scratch.iterdir())
    alive = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(scratch) in os.readlink(process / "cwd"):
                alive.append(process.name)
        except OSError:
            continue
    assert alive == []


ITEMS = """class Item:
    def __init__(self, i):
        self.a, self.b, self.c = i, None, None
def load(rows):
    return [Item(i) for i in rows]
"""


@pytest.mark.parametrize("other", [False, True], ids=["alone", "beside another of the same name"])
def test_slots_are_given_to_the_class_that_is_meant(project: Path, other: bool) -> None:
    (project / "models.py").write_text(ITEMS)
    mine = (
        "class Item:\n    def __init__(self): self.title = bytes(20_000_000)\none = Item()\n"
        if other
        else ""
    )
    (project / "app.py").write_text(
        f"import models\n{mine}kept = models.load(range(150_000))\nprint(len(kept))\n"
    )
    heapwise("run", "-q", "--snapshot", "end", "-o", "run.hw", "app.py", cwd=project)
    done = heapwise(
        "advise", "run.hw", "--prove", "--rounds", "1", "--keep", "--limit", "0", cwd=project
    )
    assert "HW301 instances without slots: models.Item" in done.stdout, done.stderr
    assert '+    __slots__ = ("a", "b", "c")' in done.stdout
    assert "proved: less peak heap" in done.stdout
    assert '__slots__ = ("a", "b", "c")' in (project / "models.py").read_text()
    assert "__slots__" not in (project / "app.py").read_text()


def test_advice_where_no_class_is_in_sight(project: Path) -> None:
    (project / "app.py").write_text(
        "def make():\n    class Item:\n        def __init__(self, i): self.a, self.b = i, None\n"
        "    return [Item(i) for i in range(60_000)]\nkept = make()\n"
    )
    heapwise("run", "-q", "--snapshot", "end", "-o", "run.hw", "app.py", cwd=project)
    done = heapwise("advise", "run.hw", cwd=project)
    assert (done.returncode, "HW301" in done.stdout, done.stderr) == (1, True, "")


SERIES = """
import time
class Series:
    def __init__(self):
        self.seconds = []
        self.hosts = []
    def add(self, n):
        self.seconds.append(n * 0.5)
        self.hosts.append(f"host-{n % 7}.example.com")
series = Series()
for n in range(200_000): series.add(n)
print(sum(series.seconds), series.hosts[5])
time.sleep(0.3)
"""


def test_what_the_heap_shows_at_a_line_is_changed_and_proved(project: Path) -> None:
    (project / "app.py").write_text(SERIES)
    heapwise("run", "-q", "--snapshot", "peak,end", "-o", "run.hw", "app.py", cwd=project)
    done = heapwise("advise", "run.hw", "--prove", "--rounds", "1", "--json", cwd=project)
    proofs = {each["code"]: each for each in json.loads(done.stdout)["findings"] if each["proof"]}
    assert (
        '+        self.hosts.append(sys.intern(f"host-{n % 7}.example.com"))'
        in proofs["HW307"]["patch"]
    )
    assert '+        self.seconds = array("d")' in proofs["HW303"]["patch"]
    for code in ("HW307", "HW303"):
        told = proofs[code]["proof"]
        assert told["verdict"] == "proved"
        saved = told["before"]["peak_bytes"]["median"] - told["after"]["peak_bytes"]["median"]
        assert proofs[code]["saving_bytes"] == pytest.approx(saved, rel=0.15)
