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
    "HW712:stages": (
        """
        def main():
            numbers = list(range(300_000))
            halves = [n * 0.5 for n in numbers]
            total = sum(halves)
            more = bytearray(25_000_000)
            print(total, len(more))
        main()
        """,
        """
        def main():
            numbers = list(range(300_000))
            halves = [n * 0.5 for n in numbers]
            del numbers
            total = sum(halves)
            del halves
            more = bytearray(25_000_000)
            print(total, len(more))
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
    "HW724": (
        """
        from concurrent.futures import ThreadPoolExecutor, as_completed
        def load(n):
            return bytearray(n) * 2
        def main():
            total = 0
            with ThreadPoolExecutor(2) as pool:
                futures = [pool.submit(load, 100_000) for _ in range(200)]
                for future in as_completed(futures):
                    total += len(future.result())
            print(total)
        main()
        """,
        """
        from collections import deque
        from concurrent.futures import ThreadPoolExecutor
        def load(n):
            return bytearray(n) * 2
        def main():
            total, window = 0, deque()
            with ThreadPoolExecutor(2) as pool:
                for _ in range(200):
                    window.append(pool.submit(load, 100_000))
                    if len(window) > 2:
                        total += len(window.popleft().result())
                while window:
                    total += len(window.popleft().result())
            print(total)
        main()
        """,
    ),
    "HW724:dict": (
        """
        from concurrent.futures import ThreadPoolExecutor
        import numpy as np
        class Reader:
            def load(self, n):
                return np.random.default_rng(n).random(20_000)
            def main(self):
                total = np.zeros(20_000)
                futures = {}
                with ThreadPoolExecutor(2) as pool:
                    for n in range(200):
                        futures[pool.submit(self.load, n)] = n
                    for future in futures:
                        total += future.result() * futures[future]
                print(round(total.sum()))
        Reader().main()
        """,
        """
        from concurrent.futures import ThreadPoolExecutor
        import numpy as np
        class Reader:
            def load(self, n):
                return np.random.default_rng(n).random(20_000)
            def main(self):
                total = np.zeros(20_000)
                with ThreadPoolExecutor(2) as pool:
                    for n in range(200):
                        total += pool.submit(self.load, n).result() * n
                print(round(total.sum()))
        Reader().main()
        """,
    ),
    "HW728:pairs": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a, b = r.random((800, 3)), r.random((700, 3))
            print(int(((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2).argmin(axis=1).sum()))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a, b = r.random((800, 3)), r.random((700, 3))
            print(int(sum(((row - b) ** 2).sum(axis=1).argmin() for row in a)))
        main()
        """,
    ),
    "HW728:named": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a, b = r.random((800, 3)), r.random((700, 3))
            difference = a[:, None] - b[None, :]
            distances = (difference ** 2).sum(axis=2)
            print(round(distances.sum(), 3))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a, b = r.random((800, 3)), r.random((700, 3))
            distances = np.empty((800, 700))
            for i in range(800):
                distances[i] = ((a[i] - b) ** 2).sum(axis=1)
            print(round(distances.sum(), 3))
        main()
        """,
    ),
    "HW728:svd": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            u, s, v = np.linalg.svd(a)
            print(round(float(np.abs(u[:, :9]).sum()), 6))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            u, s, v = np.linalg.svd(a, full_matrices=False)
            print(round(float(np.abs(u[:, :9]).sum()), 6))
        main()
        """,
    ),
    "HW728:values": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            u, s, v = np.linalg.svd(a)
            print(round(float(s.sum()), 6))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            s = np.linalg.svd(a, compute_uv=False)
            print(round(float(s.sum()), 6))
        main()
        """,
    ),
    "HW728:squares": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((700, 700))
            u, s, v = np.linalg.svd(a)
            print(round(float(s.sum()), 6))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((700, 700))
            s = np.linalg.svd(a, compute_uv=False)
            print(round(float(s.sum()), 6))
        main()
        """,
    ),
    "HW728:outer": (
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            print(round(float(np.outer(a[:, 0], a[:, 1]).sum()), 6))
        main()
        """,
        """
        import numpy as np
        def main():
            r = np.random.default_rng(1)
            a = r.random((1500, 50))
            print(round(float(a[:, 0].sum() * a[:, 1].sum()), 6))
        main()
        """,
    ),
    "HW728:dummies": (
        """
        import pandas as pd
        def main():
            kinds = pd.Series([f"k{i % 900:03}" for i in range(90_000)])
            print(int(pd.get_dummies(kinds).sum().max()))
        main()
        """,
        """
        import pandas as pd
        def main():
            kinds = pd.Series([f"k{i % 900:03}" for i in range(90_000)])
            print(int(kinds.value_counts().max()))
        main()
        """,
    ),
}  # fmt: skip
