"""What lines were given, and which keys the source reads: told of the wasteful program, with its true saving, and not
of its twin."""

from __future__ import annotations

from typing import Any

import pytest

from heapwise.analyze.read_keys import keys_read
from heapwise.analyze.statement import statement_at
from heapwise.model.recording import Recording
from tests.conftest import Runner, advice


def advised(run_program: Runner, source: str) -> tuple[list[dict[str, Any]], int]:
    """(findings, peak bytes) of a program."""
    run = run_program(source, options=("--snapshot", "peak,end"))
    assert run.code == 0, run.stderr
    return advice(run.path)["findings"], int(Recording.open(run.path).summary.peak_bytes)


BLOWN_UP = {
    "all pairs": (
        """
        import numpy as np
        def farthest(points, hubs):
            offsets = points[:, None, :] - hubs[None, :, :]
            squares = np.square(offsets)
            return squares.max(axis=(1, 2))
        rng = np.random.default_rng(1)
        print(farthest(rng.random((40_000, 3)), rng.random((60, 3))).sum())
        """,
        """
        import numpy as np
        def farthest(points, hubs):
            found = np.empty(len(points))
            for at in range(0, len(points), 1000):
                offsets = points[at:at + 1000, None, :] - hubs[None, :, :]
                found[at:at + 1000] = np.square(offsets).max(axis=(1, 2))
            return found
        rng = np.random.default_rng(1)
        print(farthest(rng.random((40_000, 3)), rng.random((60, 3))).sum())
        """,
    ),
    "masks": (
        """
        import numpy as np
        class Image:
            def __init__(self):
                self.labels = np.repeat(np.arange(60, dtype=np.int32), 20_000)
            def sizes(self):
                masks = np.stack([self.labels == k for k in range(60)])
                return masks.sum(axis=1)
        print(Image().sizes().max())
        """,
        """
        import numpy as np
        class Image:
            def __init__(self):
                self.labels = np.repeat(np.arange(60, dtype=np.int32), 20_000)
            def sizes(self):
                return np.array([np.count_nonzero(self.labels == k) for k in range(60)])
        print(Image().sizes().max())
        """,
    ),
    "every row of one table with every row of the other": (
        """
        import numpy as np, pandas as pd
        users = np.random.default_rng(17)
        visits = pd.DataFrame({"user": users.integers(0, 1500, 60_000), "channel": users.integers(0, 5, 60_000)})
        orders = pd.DataFrame({"user": users.integers(0, 1500, 60_000), "cents": users.integers(100, 900, 60_000)})
        def revenue(visits, orders):
            touches = visits.merge(orders, on="user")
            touches["cents"] = touches["cents"].astype("int64")
            return touches.groupby("channel")["cents"].sum()
        print(revenue(visits, orders).sum())
        """,
        """
        import numpy as np, pandas as pd
        users = np.random.default_rng(17)
        visits = pd.DataFrame({"user": users.integers(0, 1500, 60_000), "channel": users.integers(0, 5, 60_000)})
        orders = pd.DataFrame({"user": users.integers(0, 1500, 60_000), "cents": users.integers(100, 900, 60_000)})
        def revenue(visits, orders):
            spent = orders.groupby("user")["cents"].sum().rename("cents")
            touches = visits.merge(spent, left_on="user", right_index=True)
            return touches.groupby("channel")["cents"].sum()
        print(revenue(visits, orders).sum())
        """,
    ),
}
"""What a line makes is gone when it is done: the twins' peaks are what they were given."""


@pytest.mark.parametrize("name", BLOWN_UP)
def test_a_line_that_makes_many_times_what_it_is_given(run_program: Runner, name: str) -> None:
    pytest.importorskip("numpy")
    wasteful, mended = BLOWN_UP[name]
    found, peak = advised(run_program, wasteful)
    told = [each for each in found if each["code"] in ("HW332", "HW728", "HW735")]
    twin, mended_peak = advised(run_program, mended)
    assert len(told) == 1
    assert told[0]["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert not [each for each in twin if each["code"] in ("HW332", "HW728", "HW735")]


GIVEN_BACK = """
import time
import numpy as np
def pairs(a, b):
    return outer(a, b)  # many times
def outer(a, b):
    made = np.multiply.outer(a, b)
    time.sleep(0.3)  # the peak is looked at here, and what comes on top of it is little
    return made
class Report:
    def __init__(self, a, b): self.a, self.b = a, b
    def rows(self):
        return pairs(self.a, self.b)
    def totals(self):
        made = self.rows()
        part = made[:, :150] * 2.0  # works on that
        return part.sum()
print(Report(np.arange(20_000.0), np.arange(2000.0)[:HERE]).totals())
"""


def test_what_callers_make_of_it_is_told_with_a_line_that_gives_it_back(
    run_program: Runner,
) -> None:
    pytest.importorskip("numpy")
    found, peak = advised(run_program, GIVEN_BACK.replace("HERE", "2000"))
    [told] = [each for each in found if each["code"] == "HW332"]
    line = 1 + next(n for n, text in enumerate(GIVEN_BACK.splitlines()) if "# works" in text)
    assert any(f"line {line} works on that" in each for each in told["evidence"])
    _, mended_peak = advised(run_program, GIVEN_BACK.replace("HERE", "2"))
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.02)


CLEAN = {
    "made from sizes": "def make(n): return np.ones((n, 50))\nprint(make(100_000).sum())",
    "made from the size of an array's last number": (
        "from array import array\ndef room(ends): return array('i', bytes(8 * ends[-1]))\n"
        "print(len(room(array('i', range(0, 3_000_000, 60)))))"
    ),
    "made from one number of an array": (
        "class Rows:\n    def __init__(self): self.ends = np.arange(300_000) * 30\n"
        "def made(ends): return np.ones(ends[-1], dtype=np.float32) * 2\nprint(made(Rows().ends).sum())"
    ),
    "as large as it was": "def twice(x): return x * 2.0\nprint(twice(np.ones(4_000_000)).sum())",
    "floats of bytes": "def scaled(x): return x / 255.0\nprint(scaled(np.ones(4_000_000, np.uint8)).sum())",
    "halves of bytes": "def scaled(x): return x.astype('f4')\nprint(scaled(np.ones(8_000_000, 'u1')).sum())",
    "read from a text": (
        "def read(path):\n    import pandas as pd\n    return pd.read_csv(path)\n"
        "open('table.csv', 'w').write('a,b\\n' + 'customer-segment-17,xyz\\n' * 100_000)\n"
        "print(len(read('table.csv')))"
    ),
    "read from a file of arrays": (
        "import zipfile\nnp.lib.format.open_memmap('rows.npy', 'w+', 'f8', (3_000_000,))[:] = 7\n"
        "with zipfile.ZipFile('table.npz', 'w') as made: made.write('rows.npy')\ndef read(path):\n    with np.load(path) as held:\n"
        "        return held['rows']\nrows = read('table.npz')\nprint(rows[7])\nrows = read('table.npz')\nprint(rows[7])"
    ),
    "kept, one of each turn": (
        "import time\ndef tables(given):\n    kept = []\n    for n in range(9):\n"
        "        kept.append(np.multiply.outer(given[:2000], given[:300] + n))\n"
        "        time.sleep(0.02)\n    return kept\n"
        "print(len(tables(np.arange(60_000))))"
    ),
    "decoded from a file of an image": (
        "import subprocess, sys\nfrom PIL import Image\nImage.init()\n"
        'MADE = \'from PIL import Image\\nImage.effect_noise((1500, 1200), 9).convert("RGB").save("noise.png")\'\n'
        "subprocess.run([sys.executable, '-c', MADE], check=True)\n"
        "def most(path):\n    with Image.open(path) as im: return max(im.convert('RGB').getcolors(1 << 20))\n"
        "print(len([most('noise.png') for _ in range(3)]))"
    ),
    "objects": "def texts(x): return [str(i) * 3 for i in x]\nprint(len(texts(np.arange(60_000.0))))",
}


@pytest.mark.parametrize("name", CLEAN)
def test_lines_that_make_what_they_must(run_program: Runner, name: str) -> None:
    pytest.importorskip("pandas" if "pandas" in CLEAN[name] else "numpy")
    found, _ = advised(run_program, "import numpy as np\n" + CLEAN[name])
    assert "HW332" not in {each["code"] for each in found}


RECORDS = """
import json

class Issue:
    __slots__ = ("raw",)
    def __init__(self, raw): self.raw = raw
    @property
    def state(self): return self.raw["state"]
    @property
    def score(self): return self.raw.get("score", 0)

def line(i):
    record = {"number": i, "state": "open", "score": i % 97, "body": f"{i} " * 60, "user": {"login": f"user{i}"}}
    return json.dumps({**record})

kept = [Issue(json.loads(line(i))) for i in range(6000)]
print(sum(each.score for each in kept if each.state == "open"), USE)
"""
SLOTS = RECORDS.replace('("raw",)', '("state", "score")').replace(
    "self.raw = raw", 'self.state, self.score = raw["state"], raw["score"]'
).replace('    @property\n    def state(self): return self.raw["state"]\n', "").replace(
    '    @property\n    def score(self): return self.raw.get("score", 0)\n', ""
)  # fmt: skip


def test_records_that_are_kept_whole_for_two_of_their_keys(run_program: Runner) -> None:
    found, peak = advised(run_program, RECORDS.replace("USE", "1"))
    [told] = [each for each in found if each["code"] == "HW336"]
    twin, mended_peak = advised(run_program, SLOTS.replace("USE", "1"))
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert "'body'" in told["evidence"][0] and "'state'" not in told["evidence"][0]
    assert "HW336" not in {each["code"] for each in twin}


@pytest.mark.parametrize(
    "use",
    [
        "json.dumps(kept[0].raw)",
        "(lambda **fields: len(fields))(**kept[0].raw)",
        "[each.raw['body'][0] + each.raw['user']['login'] for each in kept[:1]]",
    ],
)
def test_records_that_are_used_whole_are_not_told(run_program: Runner, use: str) -> None:
    found, _ = advised(run_program, RECORDS.replace("USE", use))
    assert "HW336" not in {each["code"] for each in found}


def test_keys_that_are_read() -> None:
    text = """
row["a"]; row.get("b"); table[["c", "d"]]; "e" in row; row["f"] = 1; key = itemgetter("g", "h")
match row:
    case {"i": x}: pass
made = {"j": 1}
f(**kwargs)
"""
    assert keys_read(text) == (keys_read(text).__class__(frozenset("abcdefghi"), False))
    assert keys_read("f(**row)").whole and keys_read("json.dumps(row)").whole
    assert not keys_read("json.dumps({'a': 1})").whole
    assert keys_read("not python(").whole and keys_read("-" * 20_000 + "1").whole


@pytest.mark.parametrize(
    "text",
    [
        "FIELDS = ('a', 'b')\nprint([row[each] for each in FIELDS])",
        "a, b = map(row.get, ['a', 'b'])",
        "'%(a)s: %(b)s' % row",
        "'{a}: {b:>3}'.format_map(row)",
        "db.execute('insert into t values (:a, :b)', row)",
        "\ufeffrow['a'] + row['b']",
    ],
)
def test_keys_that_are_read_by_other_ways(text: str) -> None:
    assert keys_read(text).names >= {"a", "b"} and not keys_read(text).whole


@pytest.mark.parametrize(
    "text",
    [
        "json.dumps([row for row in rows])",
        "json.dump(sorted(rows, key=len), file)",
        "for row in rows: print(row['a'])\njson.dumps({'count': 3, 'rows': rows})",
        "self.rows.append(row)\npickle.dump((1, self.rows), file)",
        "json.dump(obj=rows, fp=file)",
        "pa.Table.from_pylist(rows)",
    ],
)
def test_mappings_that_are_handed_on_whole(text: str) -> None:
    assert keys_read(text).whole


@pytest.mark.parametrize("text", ["json.dumps({'n': n, 'at': [x, y]})", "json.dumps(f(rows))"])
def test_what_is_made_for_others_tells_nothing_of_mappings(text: str) -> None:
    assert not keys_read(text).whole


@pytest.mark.parametrize(
    ("line", "function", "reads", "calls", "binds"),
    [
        (1, "", {"x"}, {"f"}, {"y"}),
        (3, "g", {"a", "b", "self.x", "np.sum"}, {"sum"}, {"c"}),
        (4, "g", {"a", "b", "self.x", "np.sum"}, {"sum"}, {"c"}),
        (5, "g", {"rows", "rows.values"}, {"values", "zip"}, {"row"}),
        (6, "g", {"row"}, {"print"}, set()),
        (7, "g", {"rows", "c"}, set(), {"rows"}),
    ],
)
def test_what_a_statement_reads(
    line: int, function: str, reads: set[str], calls: set[str], binds: set[str]
) -> None:
    text = """y = f(x)
def g(self, a, b):
    c = np.sum(a - b,
               self.x)
    for row in zip(rows, rows.values()):
        print(row)
    rows["a"] = c
"""
    found = statement_at(text, line)
    assert found is not None
    assert (found.function, found.reads, found.calls) == (function, reads, calls)
    assert found.binds == binds
    star = "try:\n    x = a\nexcept* E(b):\n    y = c\n"
    assert statement_at(star, 3) == statement_at(star.replace("*", ""), 3)
    assert statement_at("\ufeffx = y", 1) == statement_at("x = y", 1) is not None
    assert statement_at("-" * 20_000 + "1", 1) is None
    assert statement_at("no python(", 1) is None and statement_at("x = 1", 7) is None


def test_what_a_line_makes_one_at_a_time_is_not_made_of_one(run_program: Runner) -> None:
    text = """
    import os, time, zlib
    def packed(n):
        raw = os.urandom(150_000) + bytes(150_000)
        made = zlib.compress(raw, 1)
        time.sleep(0.005)  # to be looked at here
        return made
    kept = []
    def work():
        for n in range(120): kept.append(packed(n))
    work()
    print(len(kept))
    """
    found, _ = advised(run_program, text)
    assert "HW332" not in {each["code"] for each in found}
