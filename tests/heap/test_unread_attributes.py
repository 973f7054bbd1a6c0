"""Which attributes and columns are told never to be read: of the wasteful program, with what that saves, and not of its
twin, nor where they may be read in ways that their names do not tell."""

from __future__ import annotations

import pytest

from heapwise.analyze.attribute_reads import attributes_read, shows_whole
from heapwise.analyze.program_source import ProgramSource
from heapwise.analyze.uncalled import uncalled
from tests.conftest import Runner
from tests.heap.test_lines_and_objects import advised

RECORDS = """
import json

HEAD
class Issue:
    def __init__(self, raw):
        self.number = raw["number"]
        self.score = raw["score"]
        self.body = raw["body"]
    MORE

def line(i):
    return json.dumps({"number": i, "score": i % 97, "body": f"{i} " * 60})

kept = [Issue(json.loads(line(i))) for i in range(6000)]
print(sum(each.score for each in kept if each.number % 2))
USE
"""


def program(use: str = "", more: str = "pass", head: str = "") -> str:
    return RECORDS.replace("USE", use).replace("MORE", more).replace("HEAD", head)


def test_an_attribute_that_nothing_reads(run_program: Runner) -> None:
    found, peak = advised(run_program, program())
    [told] = [each for each in found if each["code"] == "HW336"]
    twin, mended_peak = advised(run_program, program().replace('self.body = raw["body"]', "pass"))
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert "'body'" in told["evidence"][0] and "'score'" not in told["evidence"][0]
    assert "HW336" not in {each["code"] for each in twin}


SILENT = {
    "read": ("print(kept[0].body)", "", ""),
    "by a text": ("print(getattr(kept[0], 'body'))", "", ""),
    "by any text": (
        "print([getattr(kept[0], name) for name in ('x', 'score') if name != 'x'])",
        "",
        "",
    ),
    "as a dict": ("print(len(vars(kept[0])))", "", ""),
    "pickled": ("import pickle\nprint(len(pickle.dumps(kept[0])))", "", ""),
    "in a template": ("print('{0.score} {0.body}'.format(kept[0]))", "", ""),
    "named in a list": ("FIELDS = ['score', 'body']", "", ""),
    "by match": ("match kept[0]:\n    case Issue(body=text): print(text)", "", ""),
    "of another base": ("", "", "Issue(Base)"),
}


@pytest.mark.parametrize("name", SILENT)
def test_attributes_that_may_be_read_are_not_told(run_program: Runner, name: str) -> None:
    use, more, base = SILENT[name]
    text = program(use, more or "pass", "import string" if base else "")
    if base:
        text = text.replace("class Issue:", "class Issue(string.Formatter):")
    found, _ = advised(run_program, text)
    assert "HW336" not in {each["code"] for each in found}


DATACLASS = """
from dataclasses import dataclass
@dataclassOPTIONS
class Row:
    number: int
    text: str
rows = [Row(i, f"{i} " * 40) for i in range(6000)]
print(sum(row.number for row in rows))
USE
"""


@pytest.mark.parametrize(
    ("use", "options", "is_told"),
    [("", "", True), ("print(rows[0])", "", False), ("for row in rows[:2]: print(f'{row}')", "", False),
     ("print(len(set(rows[:5])))", "(frozen=True)", False), ("print(len(rows))", "(slots=True)", True)],
)  # fmt: skip
def test_dataclasses_show_all_their_fields(
    run_program: Runner, use: str, options: str, is_told: bool
) -> None:
    found, _ = advised(run_program, DATACLASS.replace("OPTIONS", options).replace("USE", use))
    assert is_told == ("HW336" in {each["code"] for each in found})


ENTITIES = """
import pathlib, sqlite3
from sqlalchemy import Text, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Release(Base):
    __tablename__ = "release"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(TextDEFERRED)

def fill():
    pathlib.Path("r.db").unlink(missing_ok=True)
    db = sqlite3.connect("r.db")
    db.execute("create table release (id integer primary key, version text, notes text)")
    db.executemany("insert into release values (?, ?, ?)",
                   ((None, f"1.{i}", f"{i} notes " * 1500) for i in range(1500)))
    db.commit()
    db.close()

def versions(session):
    kept = list(session.scalars(select(Release).order_by(Release.version)))
    return [each.version for each in kept]EVERY

def show(session, number):
    release = session.get(Release, number)
    return len(release.notes)

fill()
with Session(create_engine("sqlite:///r.db")) as session:
    print(len(versions(session)), show(session, 7))
"""


def test_a_column_that_is_loaded_with_each_row(run_program: Runner) -> None:
    pytest.importorskip("sqlalchemy")
    text = ENTITIES.replace("EVERY", "")
    found, peak = advised(run_program, text.replace("DEFERRED", ""))
    told = [each for each in found if each["code"] == "HW336"]
    twin, mended_peak = advised(run_program, text.replace("DEFERRED", ", deferred=True"))
    assert len(told) == 1
    assert told[0]["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert "'notes'" in told[0]["evidence"][0]
    assert "HW336" not in {each["code"] for each in twin}


def test_a_column_that_is_read_of_each_row(run_program: Runner) -> None:
    pytest.importorskip("sqlalchemy")
    text = ENTITIES.replace("EVERY", " + [each.notes[:3] for each in kept]")
    found, _ = advised(run_program, text.replace("DEFERRED", ""))
    assert "HW336" not in {each["code"] for each in found}


def test_names_that_a_source_reads() -> None:
    text = """
class A:
    __slots__ = ("s",)
    x: int
row["k"]; row.get("g"); made = {"d": 1}; "a text with words"
a.b; a.c = 1; a.d += 1; getattr(a, "e"); names = ["f", "g.h"]; z = "{0.i}"; f(key="j")
"""
    assert attributes_read(ProgramSource([text])) == {"get", "b", "d", "e", "f", "g", "h", "i", "j"}


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("def f(s):\n    a = s.get(A, 1)\n    return a.x", False),
        ("async def f(s):\n    a = await s.get(A, 1)\n    return a.x", False),
        ("def f(s):\n    return s.query(A).one().x", False),
        ("q = select(A).order_by(A.x)", False),
        ("def f(s):\n    for i in s:\n        a = s.get(A, i)\n        a.x", True),
        ("def f(s):\n    return [s.get(A, i).x for i in s]", True),
        ("def f(s, a):\n    return a.x", True),
        ("def f(s):\n    a = s.get(A, 1)\n    for a in s: a.x", True),
        ("a = s.get(A, 1)\na.x", True),
    ],
)
def test_what_is_read_of_one_row_that_was_asked_for(text: str, is_read: bool) -> None:
    assert is_read == ("x" in attributes_read(ProgramSource([text]), entities=["A"]))


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("print(n)", False), ("for a in b: print(a)", True), ("for i in range(3): print(i)", False),
        ("a.x; log.info('%s', a)", True), ("f'{b[0]}'", True), ("'%s' % a.x; a.x", False),
        ("print(*rows)", True), ("print(len(rows))", False), ("'%s %s' % (1, a); a.x", True),
    ],
)  # fmt: skip
def test_objects_that_may_be_shown_whole(text: str, is_shown: bool) -> None:
    assert is_shown == shows_whole(ProgramSource([text]), ["x", "y"])


def test_the_namespaces_of_classes_are_no_records(run_program: Runner) -> None:
    text = """
    import collections
    kept = [
        collections.namedtuple("Row", ["weight", "doc"])([n, n], vars)._replace(weight=n) for n in range(2000)
    ]
    print(sum(row.weight for row in kept), kept[0].__doc__)
    """
    found, _ = advised(run_program, text)
    codes = {each["code"] for each in found}
    assert "HW153" in codes
    assert "HW336" not in codes


LEXICON = """
import re
class Base:
    def __init__(self):
        self.names = {}
class Analyzer(Base):
    def __init__(self, path):
        super().__init__()
        self.lexicon = load(path)
        self.names["a"] = 1
    def tokenize(self, text):
        return re.findall("x", text)
    def lemma(self, word):
        return self.first(self.lexicon[word])
    def first(self, entry):
        return entry[0]
    @property
    def size(self):
        return len(self.lexicon)
    def write(self, text):
        return self.lexicon
def main():
    analyzer = Analyzer("a")
    print(f"lemma{len(analyzer.tokenize('x'))}")
    USE
main()
"""
CALLED = {
    "": {"lemma", "first", "size"},
    "analyzer.lemma('x')": {"size"},
    "getattr(analyzer, 'lemma')('x')": {"size"},
    "print(analyzer.size)": {"lemma", "first"},
    "table = {'lemma': 1}": {"size"},
    "getattr(analyzer, name)('x')": set(),
    "getattr(analyzer, name)()": {"lemma", "first"},
    "handlers = [analyzer.first]": {"lemma", "size"},
}


@pytest.mark.parametrize("use", CALLED)
def test_functions_that_nothing_calls(use: str) -> None:
    source = ProgramSource([LEXICON.replace("USE", use or "pass")])
    assert {each.name for each in uncalled(source)} == CALLED[use]


def test_what_is_loaded_and_never_asked_for(run_program: Runner) -> None:
    text = LEXICON.replace("USE", "return analyzer").replace("\nmain()", "\nkept = main()")
    text = "def load(path):\n    return {f'w{i}': [i] for i in range(20_000)}\n" + text
    found, peak = advised(run_program, text.replace("def write", "def spelt"))
    [told] = [each for each in found if each["code"] == "HW357"]
    assert "lemma" in told["evidence"][0] and told["saving_bytes"] == pytest.approx(peak, rel=0.3)
