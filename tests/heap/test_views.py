"""The report on a snapshot in all its views, the answers of `why`, and its picture."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from heapwise.analyze.heap_tree import class_up, dominator_tree
from heapwise.analyze.paths import why
from heapwise.analyze.picture import MOST_BOXES, picture
from heapwise.model.snapshot import Snapshot
from heapwise.views.heap import QUERIES, build

PROGRAM = """
import sys, threading, weakref
import heapwise
here = sys.argv[1]
class Session:
    registry = []
    def __init__(self, i):
        self.number, self.data = i, bytes(1000)
class App: pass
with heapwise.record():
    app = App()
    app.cache = {i: Session(i) for i in range(200)}
    watched = weakref.ref(app.cache[0])
    both = [bytes(70_000)]
    first, second = {"it": both[0]}, [both[0]]
    del both
    local = threading.local()
    def work(ready, stop):
        local.kept = bytes(400_000)
        big_local = bytes(300_000)
        ready.set(); stop.wait()
        return big_local
    ready, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=work, args=(ready, stop)); thread.start(); ready.wait()
    heapwise.snapshot(here + "/a.hw")
    stop.set()
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("views")
    (place / "program.py").write_text(PROGRAM)
    subprocess.run([sys.executable, place / "program.py", place], check=True, timeout=120)
    return place / "a.hw"


@pytest.fixture(scope="module")
def snapshot(path: Path) -> Snapshot:
    return Snapshot.open(path)


def heapwise(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "heapwise", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("view", QUERIES)
def test_each_view_as_text_and_json(path: Path, view: str) -> None:
    text = heapwise("report", path, "--view", view)
    assert text.returncode == 0, text.stderr
    assert "native code" in text.stdout
    found = json.loads(heapwise("report", path, "--view", view, "--json").stdout)
    assert found[view]
    assert found["summary"]["objects_count"] > 1000


def rows(snapshot: Snapshot, view: str) -> dict[str, dict[str, object]]:
    [table] = build(snapshot, limit=0, views=(view,)).tables
    return {str(row.get("name") or f"{row.get('function')}"): row for row in table.rows()}


def test_who_holds_how_much(snapshot: Snapshot) -> None:
    sessions = 200 * 1000
    assert rows(snapshot, "globals")["__main__.app"]["retained_bytes"] > sessions  # type: ignore[operator]
    assert rows(snapshot, "modules")["__main__"]["retained_bytes"] > sessions  # type: ignore[operator]
    assert rows(snapshot, "classes")["__main__.Session"]["count"] == 200
    held = [row["retained_bytes"] for row in rows(snapshot, "threads").values()]
    assert max(held) > 300_000  # type: ignore[type-var]
    frame = rows(snapshot, "frames")["work"]
    assert str(frame["locals"]).startswith("big_local")
    assert frame["retained_bytes"] > 300_000  # type: ignore[operator]


def test_what_lines_allocated_and_still_retain(snapshot: Snapshot) -> None:
    [table] = build(snapshot, limit=0, views=("lines",)).tables
    text = PROGRAM.splitlines()
    by_source = {
        text[row["line"] - 1].strip(): row for row in table.rows() if row["line"] <= len(text)
    }
    data = by_source["self.number, self.data = i, bytes(1000)"]
    assert data["count"] == 200
    cache = next(row for source, row in by_source.items() if source.startswith("app.cache"))
    assert cache["retained_bytes"] > data["shallow_bytes"]


def test_the_dominator_tree_adds_up_and_names_places(snapshot: Snapshot) -> None:
    tree = dominator_tree(snapshot)
    assert all(own >= 0 for own in tree.own_bytes())
    assert sum(tree.own_bytes()) == snapshot.nodes("retained_bytes")[0]
    names = set(tree.name)
    assert {"module __main__", ".cache: dict"} <= names
    assert any(name.startswith("__main__.Session × 200") for name in names)


def test_the_reverse_tells_who_holds_a_type(snapshot: Snapshot) -> None:
    tree = class_up(snapshot)
    [data] = [row for row, name in enumerate(tree.name) if name.startswith("bytes ×")]
    below = [tree.name[row] for row in range(len(tree)) if tree.parent[row] == data]
    assert any("Session × 200" in name for name in below)
    for row in range(1, len(tree)):
        assert tree.retained_bytes[row] <= tree.retained_bytes[tree.parent[row]]


def test_why_knows_lines_and_ways_that_share_nothing(path: Path, snapshot: Snapshot) -> None:
    line = 1 + next(i for i, text in enumerate(PROGRAM.splitlines()) if "self.data" in text)
    answer = why(snapshot, f"program.py:{line}")
    assert answer.count == 200
    assert answer.paths[0].expression == "__main__.app.cache[…].data"
    [node] = [
        n
        for n in snapshot.of_type_exactly("bytes")
        if 70_000 < snapshot.nodes("size_bytes")[n] < 80_000
    ]
    ways = why(snapshot, hex(snapshot.nodes("address")[node])).paths
    shown = {way.expression for way in ways if way.kind in ("shortest", "disjoint")}
    assert shown == {"__main__.first['it']", "__main__.second[0]"}
    document = json.loads(heapwise("why", path, f"program.py:{line}", "--json").stdout)
    assert document["paths"][0]["steps"][-1]["type"] == "bytes"


def test_the_picture(path: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    drawn = picture(snapshot, why(snapshot, "Session"))
    assert len(drawn.boxes) <= MOST_BOXES
    [target] = [box for box in drawn.boxes if box.role == "target"]
    assert (target.type, target.count) == ("__main__.Session", 200)
    assert {arrow.name for arrow in drawn.arrows} >= {".app", ".cache", "[…]", "weak"}
    assert not any(box.type == "dict" and box.title == "__dict__" for box in drawn.boxes)
    done = heapwise("why", path, "Session", "-o", tmp_path / "a.svg")
    assert done.returncode == 0, done.stderr
    root = ET.fromstring((tmp_path / "a.svg").read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "__main__.Session × 200" in texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == len(drawn.boxes)


def test_views_of_the_other_kind_are_refused(path: Path, tmp_path: Path) -> None:
    assert heapwise("report", path, "--view", "collector").returncode == 2
    heapwise("run", "-q", "-o", tmp_path / "r.hw", "-c", "x = 1")
    assert heapwise("report", tmp_path / "r.hw", "--view", "globals").returncode == 2


def test_rings_are_named_with_the_reference_that_closes_them(tmp_path: Path) -> None:
    (tmp_path / "rings.py").write_text(
        "import heapwise, sys\n"
        "class Node:\n    __slots__ = ('parent', 'children')\n"
        "class Plain: pass\n"
        "roots = []\n"
        "for i in range(40):\n"
        "    root = Node(); root.parent = None; root.children = []\n"
        "    for j in range(3):\n"
        "        child = Node(); child.parent = root; child.children = []\n"
        "        root.children.append(child)\n"
        "    roots.append(root)\n"
        "heapwise.snapshot(sys.argv[1])\n"
    )
    subprocess.run([sys.executable, tmp_path / "rings.py", tmp_path / "r.hw"], check=True)
    [table] = build(Snapshot.open(tmp_path / "r.hw"), limit=0, views=("cycles",)).tables
    row = next(row for row in table.rows() if "__main__.Node" in row["types"])
    assert row["count"] == 40
    assert row["objects_count"] == 40 * 5
    assert row["closed_by"] == "__main__.Node.parent → __main__.Node"
    assert row["holder"].startswith("__main__.root")


def test_answers_as_pages(path: Path, tmp_path: Path) -> None:
    done = heapwise("why", path, "Session", "-o", tmp_path / "why.html")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "why.html").read_text()
    assert "<svg" in text
    assert "200 × __main__.app.cache[…]" in text
    assert "default-src 'none'" in text
    done = heapwise("diff", path, path, "-o", tmp_path / "diff.html")
    assert done.returncode == 0, done.stderr
    assert "<script" not in (tmp_path / "diff.html").read_text()


def test_the_questions_as_methods(path: Path) -> None:
    pytest.importorskip("duckdb")
    import heapwise as public

    snapshot = public.Snapshot.open(path)
    assert snapshot.why("Session").count == 200
    assert b"<svg" in snapshot.picture("Session")
    assert len(snapshot.view("globals", limit=0)) > 5
    assert [table.name for table in snapshot.diff(snapshot)] == ["types", "new_holders"]
    assert "Objects that retain most" in str(snapshot)
    found = snapshot.query(
        "SELECT s.line, count(*) AS n FROM objects o JOIN sites s USING (site) "
        "WHERE o.type = '__main__.Session' GROUP BY s.line"
    )
    assert found.column("n").to_pylist() == [200]
    roots = set(snapshot.query("SELECT root FROM roots").column("root").to_pylist())
    assert "sys.modules" in roots
