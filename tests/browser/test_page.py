"""The HTML report in a real browser: it draws, it filters, it asks the network for nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import heapwise
from heapwise.analyze.selection import Selection
from heapwise.model.family import open_family
from heapwise.render import html, page
from heapwise.views import report

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def leaf(i: int) -> list[bytes]:
    return [bytes(2000) for _ in range(i)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("page")
    with heapwise.record(place / "a.hw"):
        kept = [leaf(i) for i in range(60)]
    assert kept
    built = report.build(open_family(place / "a.hw"), Selection())
    (place / "a.html").write_bytes(html.render(built))
    yield place / "a.html"


def test_the_viewer_stays_within_its_budget() -> None:
    for modules, name in ((page.MODULES, "page.html"), (page.HEAP_MODULES, "heap.html")):
        code = len(page.script(modules)) + sum(
            (page.HOME / each).stat().st_size for each in ("style.css", name)
        )
        assert code <= 150_000


def test_the_page_names_no_address_and_forbids_the_network(written: Path) -> None:
    text = written.read_text()
    assert "default-src 'none'" in text
    body = text[text.index("<style>") :]
    assert "http://" not in body
    assert "https://" not in body
    assert "import " not in page.script().replace("important", "")


def test_data_cannot_break_out_of_its_element(tmp_path: Path) -> None:
    script = tmp_path / "<!--</script><script>alert(1)<"
    script.mkdir(parents=True)
    evil = script / "p.py"
    evil.write_text("def f():\n    return bytearray(10**6)\n")
    with heapwise.record(tmp_path / "x.hw"):
        space: dict[str, object] = {}
        exec(compile(evil.read_text(), str(evil), "exec"), space)
        kept = space["f"]()  # type: ignore[operator]
    assert kept
    built = report.build(open_family(tmp_path / "x.hw"), Selection())
    text = html.render(built).decode()
    assert text.count("<script") == 2
    assert text.count("</script>") == 2


DRIVER = """
const page = window.heapwisePage;
const found = { ready: document.body.dataset.ready, headline: document.getElementById("headline").textContent };
found.rows = page.flame.tree.rows.length;
found.whole = page.flame.tree.value[0];
page.set({ tab: "table" });
found.first = document.querySelector("#lines td.place").textContent;
page.set({ search: "leaf" });
found.matched = document.getElementById("matched").textContent;
page.set({ search: "", tab: "icicle", brush: [0, 1e6] });
found.brushed = page.flame.tree.value[0];
found.hash = location.hash;
page.set({ brush: null });
page.flame.canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
page.flame.canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
found.zoomed = page.flame.root;
page.flame.canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
found.unzoomed = page.flame.root;
found.twins = document.querySelectorAll("#twin [role=row]").length;
found.requests = performance.getEntriesByType("resource").map((entry) => entry.name);
found.policy = "";
document.addEventListener("securitypolicyviolation", (event) => { found.policy = event.violatedDirective; });
fetch("http://127.0.0.1:9/").catch(() => {}).finally(() => setTimeout(() => {
  document.title = "RESULT" + JSON.stringify(found);
}, 50));
"""


def drive(path: Path, tmp_path: Path, driver: str) -> dict[str, object]:
    """Opens a page in the browser, runs a script after it is ready, returns what it found."""
    text = path.read_text()
    marker = 'document.body.dataset.ready = "yes";'
    assert marker in text
    # The test's script runs inside the page's own: the policy would rightly refuse any other.
    changed = text.replace(marker, marker + driver)
    policy = text[text.index("script-src '") + 12 : text.index("'; style-src")]
    import base64
    import hashlib

    code = changed[changed.index('<script type="module">') + 22 : changed.rindex("</script>")]
    digest = "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    copy = tmp_path / "driven.html"
    copy.write_text(changed.replace(policy, digest))
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=20000", "--dump-dom", copy.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "RESULT" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    title = done.stdout[done.stdout.index("RESULT") + 6 : done.stdout.index("</title>")]
    found: dict[str, object] = json.loads(
        title.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )
    return found


@needs_browser
def test_draws_filters_and_zooms_without_a_request(written: Path, tmp_path: Path) -> None:
    found = drive(written, tmp_path, DRIVER)
    assert found["ready"] == "yes"
    assert "eak heap" in str(found["headline"])
    assert found["rows"] > 2  # type: ignore[operator]
    assert found["whole"] > 3_000_000  # type: ignore[operator]
    assert "leaf" in str(found["first"])
    assert "MiB below a match" in str(found["matched"])
    assert "view=icicle" in str(found["hash"])
    assert found["zoomed"] == 1
    assert found["unzoomed"] == 0
    assert found["twins"] > 2  # type: ignore[operator]
    # The page asked for nothing; and what a script would ask for is refused by its policy.
    assert found["requests"] == []
    assert found["policy"] == "connect-src"


HEAP_DRIVER = """
const page = window.heapwisePage;
const found = { ready: document.body.dataset.ready, headline: document.getElementById("headline").textContent };
found.types = document.querySelectorAll("#table td.place").length;
page.set({ search: "Session" });
found.matched = document.querySelector("#table td.place button").textContent;
document.querySelector("#table td.place button").click();
found.paths = document.getElementById("paths").textContent;
page.set({ search: "", tab: "tree" });
found.whole = page.flame.tree.value[0];
found.boxes = page.flame.tree.rows.length;
page.flame.canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
found.told = document.getElementById("told").textContent;
page.flame.canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
found.zoomed = page.flame.root;
found.hash = location.hash;
page.set({ tab: "up" });
found.up = Array.from(document.querySelectorAll("#twin [role=row]"), (row) => row.textContent).join("|");
page.set({ tab: "lines" });
found.lines = document.querySelector("#table td.place").textContent;
found.requests = performance.getEntriesByType("resource").map((entry) => entry.name);
document.title = "RESULT" + JSON.stringify(found);
"""


@needs_browser
def test_the_page_of_a_snapshot(tmp_path: Path) -> None:
    script = tmp_path / "shop.py"
    script.write_text(
        "import heapwise, sys\n"
        "class Session:\n    def __init__(self, i): self.basket = bytes(2000)\n"
        "with heapwise.record():\n"
        "    sessions = {i: Session(i) for i in range(500)}\n"
        "    heapwise.snapshot(sys.argv[1])\n"
    )
    subprocess.run([sys.executable, script, tmp_path / "a.hw"], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "report", tmp_path / "a.hw", "-o", tmp_path / "a.html"], check=True
    )  # fmt: skip
    assert done.returncode == 0
    text = (tmp_path / "a.html").read_text()
    assert "default-src 'none'" in text
    assert "https://" not in text[text.index("<style>") :]
    found = drive(tmp_path / "a.html", tmp_path, HEAP_DRIVER)
    assert found["ready"] == "yes"
    assert "objects" in str(found["headline"])
    assert found["types"] > 20  # type: ignore[operator]
    assert found["matched"] == "__main__.Session"
    assert "500 × __main__.sessions[…]" in str(found["paths"])
    assert found["whole"] > 1_000_000  # type: ignore[operator]
    assert found["boxes"] > 10  # type: ignore[operator]
    assert found["zoomed"] == 1
    assert "view=tree" in str(found["hash"])
    assert "in __main__.Session × 500" in str(found["up"])
    assert "shop.py:" in str(found["lines"])
    assert found["requests"] == []


@needs_browser
def test_opens_with_a_hundred_thousand_stacks(written: Path, tmp_path: Path) -> None:
    text = written.read_text()
    start = text.index('id="heapwise-data"')
    start = text.index(">", start) + 1
    end = text.index("</script>", start)
    data = json.loads(text[start:end])
    tree = data["tree"]
    count = 100_000
    tree["parent"] = [0] + [(i - 1) // 3 for i in range(1, count)]
    tree["frame"] = [-1] + [i % len(data["frames"]["function"]) for i in range(1, count)]
    tree["charged"] = tree["frame"]
    for name in ("peak", "end", "total", "count"):
        tree[name] = [0] + [1 + i % 97 for i in range(1, count)]
    data["moments"] = {"time_s": [], "heap_bytes": [], "start": [0], "row": [], "bytes": []}
    large = tmp_path / "large.html"
    large.write_text(text[:start] + json.dumps(data).replace("<", "\\u003c") + text[end:])
    driver = """
    const page = window.heapwisePage;
    const begun = performance.now();
    page.flame.draw();
    document.title = "RESULT" + JSON.stringify({ rows: page.flame.tree.rows.length });
    """
    assert drive(large, tmp_path, driver)["rows"] == count


def advice_panel(place: Path, program: str, *options: str) -> str:
    """The part of a program's page that says what to change, as a browser shows it. options: of `heapwise run`."""
    (place / "app.py").write_text(program)
    for words in (
        ["run", "-q", *options, "-o", "a.hw", "app.py"],
        ["report", "a.hw", "-o", "a.html"],
    ):
        command = [sys.executable, "-m", "heapwise", *words]
        subprocess.run(command, cwd=place, check=True, capture_output=True)
    shown = subprocess.run(
        [str(CHROMIUM), *FLAGS, "--virtual-time-budget=5000", "--dump-dom", f"file://{place}/a.html"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    return shown[shown.index('id="advice-panel"') : shown.index("resident-title")]


LISTS = """
def load(n):
    return [bytes(100_000) for _ in range(n)]
if __name__ == "__main__":
    print(sum(len(each) for each in load(200)))
"""
POINTS = """
class Point:
    def __init__(self, x):
        self.x = x
if __name__ == "__main__":
    points = [Point(n / 3) for n in range(200_000)]
"""


@needs_browser
def test_the_page_says_what_to_change(tmp_path: Path) -> None:
    panel = advice_panel(tmp_path, LISTS)
    assert not panel.split(">")[0].endswith('hidden=""')
    assert "HW702 app.py:3 load: a list for callers that read it once; saves 18" in panel
    for fact in (
        "<dt>made at</dt>", "<dt>because</dt>", "<dt>costs</dt>", "<dt>saving</dt><dd>computed", "<dt>confidence</dt>",
        "--- app.py", "-    return [bytes", "+    return (bytes",
    ):  # fmt: skip
        assert fact in panel, fact
    assert "No snapshot: objects were not looked at" in panel


@needs_browser
def test_the_page_says_what_the_objects_show(tmp_path: Path) -> None:
    panel = advice_panel(tmp_path, POINTS, "--snapshot", "peak,end")
    for fact in (
        "HW301", "<dt>kept by</dt><dd>__main__.points", "<dt>saving</dt><dd>measured on", "+    __slots__",
    ):  # fmt: skip
        assert fact in panel, fact
