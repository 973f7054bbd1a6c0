"""Programs as in `flow_cases`, where a rule has more than one kind: rule and kind -> (wasteful, mended)."""

from __future__ import annotations

VARIANTS = {
    "HW712:with": (
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            total = sum(each["n"] for each in document)
            print(total, work(40_000_000))
        def work(n):
            return len(bytearray(n))
        main()
        """,
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            total = sum(each["n"] for each in document)
            del document
            print(total, work(40_000_000))
        def work(n):
            return len(bytearray(n))
        main()
        """,
    ),
    "HW704:session": (
        """
        import sys
        from sqlalchemy import create_engine, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
        class Base(DeclarativeBase): pass
        class Item(Base):
            __tablename__ = "t"
            n: Mapped[int] = mapped_column(primary_key=True)
            s: Mapped[str]
        def main():
            total = 0
            with Session(create_engine(f"sqlite:///{sys.argv[1]}/base")) as session:
                for item in session.scalars(select(Item)).all():
                    total += item.n
            print(total)
        main()
        """,
        """
        import sys
        from sqlalchemy import create_engine, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
        class Base(DeclarativeBase): pass
        class Item(Base):
            __tablename__ = "t"
            n: Mapped[int] = mapped_column(primary_key=True)
            s: Mapped[str]
        def main():
            total = 0
            with Session(create_engine(f"sqlite:///{sys.argv[1]}/base")) as session:
                for item in session.scalars(select(Item)).yield_per(1000):
                    total += item.n
            print(total)
        main()
        """,
    ),
    "HW702:handed on": (
        """
        def load(n):
            found = []
            for i in range(n):
                found.append((i, bytes(50_000)))
            return found
        def lengths(parts):
            return sum(len(part) for _, part in parts)
        def main():
            parts = load(400)
            print(lengths(parts))
        main()
        """,
        """
        def load(n):
            for i in range(n):
                yield i, bytes(50_000)
        def lengths(parts):
            return sum(len(part) for _, part in parts)
        def main():
            parts = load(400)
            print(lengths(parts))
        main()
        """,
    ),
    "HW702:several passes": (
        """
        def load(n):
            return [(f"part {i}", bytes(50_000)) for i in range(n)]
        def lengths(parts):
            return sum(len(part) for _, part in parts)
        def main():
            parts = load(400)
            names = [name for name, _ in parts]
            whole = lengths(parts)
            print(len(names), whole)
        main()
        """,
        """
        def load(n):
            for i in range(n):
                yield f"part {i}", bytes(50_000)
        def main():
            names, whole = [], 0
            for name, part in load(400):
                names.append(name)
                whole += len(part)
            print(len(names), whole)
        main()
        """,
    ),
    "HW704:returned": (
        """
        import sqlite3, sys
        class Rows:
            def __init__(self, path):
                self.connection = sqlite3.connect(path)
            def every(self):
                return self.connection.execute("select * from t").fetchall()
        def total(rows):
            return sum(n for n, s in rows)
        def main():
            found = Rows(sys.argv[1] + "/base").every()
            print(total(found))
        main()
        """,
        """
        import sqlite3, sys
        class Rows:
            def __init__(self, path):
                self.connection = sqlite3.connect(path)
            def every(self):
                yield from self.connection.execute("select * from t")
        def total(rows):
            return sum(n for n, s in rows)
        def main():
            found = Rows(sys.argv[1] + "/base").every()
            print(total(found))
        main()
        """,
    ),
    "HW707:tree": (
        """
        import sys
        import xml.etree.ElementTree as ET
        def main():
            count = 0
            root = ET.parse(sys.argv[1] + "/big.xml").getroot()
            for each in root.iter("r"):
                count += len(each.get("id"))
            print(count)
        main()
        """,
        """
        import sys
        import xml.etree.ElementTree as ET
        def main():
            count = 0
            events = ET.iterparse(sys.argv[1] + "/big.xml", events=("start", "end"))
            _, root = next(events)
            for event, each in events:
                if event == "end" and each.tag == "r":
                    count += len(each.get("id"))
                    root.clear()
            print(count)
        main()
        """,
    ),
    "HW723": (
        """
        import json, sys
        with open(sys.argv[1] + "/many.json") as file:
            ROWS = json.load(file)
        def main():
            total = count()
            print(total, work(40_000_000))
        def count():
            return sum(each["n"] for each in ROWS)
        def work(n):
            return len(bytearray(n))
        main()
        """,
        """
        import json, sys
        def main():
            total = count()
            print(total, work(40_000_000))
        def count():
            with open(sys.argv[1] + "/many.json") as file:
                rows = json.load(file)
            return sum(each["n"] for each in rows)
        def work(n):
            return len(bytearray(n))
        main()
        """,
    ),
}  # fmt: skip
