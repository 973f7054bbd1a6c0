"""Programs whose peak is higher than it need be, and the same mended: rule -> (wasteful, mended). `made` makes what
they read; both print the same."""

from __future__ import annotations

MADE = """
import csv, json, os, pathlib, sqlite3, sys
import numpy as np
here = pathlib.Path(sys.argv[1])
(here / "text").write_text("".join(f"{i} a line of the text\\n" for i in range(200_000)))
(here / "blob").write_bytes(os.urandom(1 << 20) * 24)
connection = sqlite3.connect(here / "base")
connection.execute("create table t (n, s)")
connection.executemany("insert into t values (?, ?)", ((i, f"row {i} of the table") for i in range(100_000)))
connection.commit()
(here / "arrays").mkdir()
for i in range(60):
    np.save(here / "arrays" / f"{i:02}.npy", np.full(50_000, i, dtype=np.float32))
with (here / "big.xml").open("w") as file:
    file.write("<root>" + "".join(f"<r id='{i}'><a>x{i}</a></r>" for i in range(40_000)) + "</root>")
(here / "many.json").write_text(json.dumps([{"n": i, "s": f"name {i}"} for i in range(60_000)]))
"""

CASES = {
    "HW516": (
        """
        import sys
        from concurrent.futures import ThreadPoolExecutor
        def parts():
            for i in range(300): yield bytes(100_000)
        def main():
            with ThreadPoolExecutor(1) as pool:
                print(sum(pool.map(slow, parts())))
        def slow(part):
            import time; time.sleep(0.002); return len(part)
        main()
        """,
        """
        import sys
        from concurrent.futures import ThreadPoolExecutor
        def parts():
            for i in range(300): yield bytes(100_000)
        def main():
            total = 0
            with ThreadPoolExecutor(1) as pool:
                for part in parts():
                    total += pool.submit(slow, part).result()
            print(total)
        def slow(part):
            import time; time.sleep(0.002); return len(part)
        main()
        """,
    ),
    "HW701": (
        """
        def main():
            costs = [bytes(50_000) for i in range(400)]
            total = 0
            for each in costs:
                total += len(each)
            print(total)
        main()
        """,
        """
        def main():
            costs = (bytes(50_000) for i in range(400))
            total = 0
            for each in costs:
                total += len(each)
            print(total)
        main()
        """,
    ),
    "HW702": (
        """
        def load(n):
            return [bytes(50_000) for i in range(n)]
        if __name__ == "__main__":
            print(sum(len(each) for each in load(400)))
        """,
        """
        def load(n):
            return (bytes(50_000) for i in range(n))
        if __name__ == "__main__":
            print(sum(len(each) for each in load(400)))
        """,
    ),
    "HW702: that appends": (
        """
        def load(n):
            found = []
            for i in range(n):
                found.append(bytes(50_000))
            return found
        print(sum(len(each) for each in load(400)))
        """,
        """
        def load(n):
            for i in range(n):
                yield bytes(50_000)
        print(sum(len(each) for each in load(400)))
        """,
    ),
    "HW703: by a script": (
        """
        import sys
        with open(sys.argv[1] + "/text") as file:
            lines = file.readlines()
        total = 0
        for line in lines:
            total += len(line)
        print(total)
        """,
        """
        import sys
        total = 0
        with open(sys.argv[1] + "/text") as file:
            for line in file:
                total += len(line)
        print(total)
        """,
    ),
    "HW703": (
        """
        import sys
        def main():
            total = 0
            with open(sys.argv[1] + "/text") as file:
                for line in file.read().splitlines():
                    total += len(line)
            print(total)
        main()
        """,
        """
        import sys
        def main():
            total = 0
            with open(sys.argv[1] + "/text") as file:
                for line in file:
                    total += len(line.rstrip("\\n"))
            print(total)
        main()
        """,
    ),
    "HW704": (
        """
        import sqlite3, sys
        def main():
            cursor = sqlite3.connect(sys.argv[1] + "/base").execute("select * from t")
            total = 0
            for n, s in cursor.fetchall():
                total += n
            print(total)
        main()
        """,
        """
        import sqlite3, sys
        def main():
            cursor = sqlite3.connect(sys.argv[1] + "/base").execute("select * from t")
            total = 0
            for n, s in cursor:
                total += n
            print(total)
        main()
        """,
    ),
    "HW706": (
        """
        import numpy as np
        def main():
            whole = np.zeros(0)
            for i in range(40):
                whole = np.append(whole, np.full(50_000, i))
            print(whole.sum())
        main()
        """,
        """
        import numpy as np
        def main():
            whole = np.zeros(40 * 50_000)
            for i in range(40):
                whole[i * 50_000 : (i + 1) * 50_000] = i
            print(whole.sum())
        main()
        """,
    ),
    "HW707": (
        """
        import sys
        import xml.etree.ElementTree as ET
        def main():
            count = 0
            for _, element in ET.iterparse(sys.argv[1] + "/big.xml"):
                count += element.tag == "r"
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
            for event, element in events:
                if event == "end" and element.tag == "r":
                    count += 1
                    root.clear()
            print(count)
        main()
        """,
    ),
    "HW708": (
        """
        import sys
        def main():
            with open(sys.argv[1] + "/blob", "rb") as source, open(sys.argv[1] + "/copy", "wb") as target:
                target.write(source.read())
            print("copied")
        main()
        """,
        """
        import shutil, sys
        def main():
            with open(sys.argv[1] + "/blob", "rb") as source, open(sys.argv[1] + "/copy", "wb") as target:
                shutil.copyfileobj(source, target)
            print("copied")
        main()
        """,
    ),
    "HW709": (
        """
        import pathlib, sys
        import numpy as np
        class Samples:
            def __init__(self, folder):
                self.items = []
                for path in sorted(folder.glob("*.npy")):
                    self.items.append(np.load(path))
            def __len__(self): return len(self.items)
            def __getitem__(self, index): return self.items[index]
        def main():
            samples = Samples(pathlib.Path(sys.argv[1]) / "arrays")
            print(sum(float(samples[i].sum()) for i in range(len(samples))))
        main()
        """,
        """
        import pathlib, sys
        import numpy as np
        class Samples:
            def __init__(self, folder):
                self.paths = sorted(folder.glob("*.npy"))
            def __len__(self): return len(self.paths)
            def __getitem__(self, index): return np.load(self.paths[index])
        def main():
            samples = Samples(pathlib.Path(sys.argv[1]) / "arrays")
            print(sum(float(samples[i].sum()) for i in range(len(samples))))
        main()
        """,
    ),
    "HW711": (
        """
        import sys
        import pandas as pd
        def table(rows): return pd.DataFrame(rows)
        def main():
            if len(sys.argv) > 5: print(table([]))
            print("done")
        main()
        """,
        """
        import sys
        def table(rows):
            import pandas as pd
            return pd.DataFrame(rows)
        def main():
            if len(sys.argv) > 5: print(table([]))
            print("done")
        main()
        """,
    ),
    "HW711: in a branch": (
        """
        import sys
        import pandas as pd
        def main(plots=False):
            if plots:
                pd.DataFrame({"a": [1]}).plot()
            print("done", len(sys.argv))
        main()
        """,
        """
        import sys
        def main(plots=False):
            if plots:
                import pandas as pd
                pd.DataFrame({"a": [1]}).plot()
            print("done", len(sys.argv))
        main()
        """,
    ),
    "HW711: of two functions": (
        """
        import sys
        import pandas as pd
        def table(rows): return pd.DataFrame(rows)
        def read(path): return pd.read_csv(path)
        def main():
            if len(sys.argv) > 5: print(table(read(sys.argv[5])))
            print("done")
        main()
        """,
        """
        import sys
        def table(rows):
            import pandas as pd
            return pd.DataFrame(rows)
        def read(path):
            import pandas as pd
            return pd.read_csv(path)
        def main():
            if len(sys.argv) > 5: print(table(read(sys.argv[5])))
            print("done")
        main()
        """,
    ),
    "HW712": (
        """
        def main():
            raw = list(range(600_000))
            total = sum(raw)
            more = bytearray(25_000_000)
            print(total, len(more))
        main()
        """,
        """
        def main():
            raw = list(range(600_000))
            total = sum(raw)
            del raw
            more = bytearray(25_000_000)
            print(total, len(more))
        main()
        """,
    ),
    "HW713": (
        """
        import numpy as np
        def main():
            parts = np.full(500_000, 1.0)
            others = np.full(500_000, 2.0)
            return float(np.concatenate([parts, others]).sum())
        print(main())
        """,
        """
        import numpy as np
        def main():
            return sum(float(np.full(50_000, value).sum()) for value in (1.0, 2.0) for _ in range(10))
        print(main())
        """,
    ),
    "HW714": (
        """
        import pathlib, sys
        import numpy as np
        def main():
            kept = []
            for path in sorted((pathlib.Path(sys.argv[1]) / "arrays").glob("*.npy")):
                kept.append(np.load(path).astype(np.float64))
            print(sum(float(each.sum()) for each in kept))
        main()
        """,
        """
        import pathlib, sys
        import numpy as np
        def main():
            kept = []
            for path in sorted((pathlib.Path(sys.argv[1]) / "arrays").glob("*.npy")):
                kept.append(np.load(path))
            print(sum(float(each.sum(dtype=np.float64)) for each in kept))
        main()
        """,
    ),
    "HW721": (
        """
        import sys
        def main():
            import pandas, json
            print("done")
        def table(rows):
            import pandas as pd
            return pd.DataFrame(rows)
        if len(sys.argv) > 5: print(table([]))
        main()
        """,
        """
        import sys
        def main():
            print("done")
        def table(rows):
            import pandas as pd
            return pd.DataFrame(rows)
        if len(sys.argv) > 5: print(table([]))
        main()
        """,
    ),
}  # fmt: skip
