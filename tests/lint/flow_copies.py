"""Programs as in `flow_cases` that copy what they have: rule and kind -> (wasteful, mended)."""

from __future__ import annotations

COPIES = {
    "HW774": (
        """
        import numpy as np
        def main():
            data = np.arange(3_000_000.0)
            twice = data.copy()
            twice *= 2
            print(twice.sum())
        main()
        """,
        """
        import numpy as np
        def main():
            twice = np.arange(3_000_000.0)
            twice *= 2
            print(twice.sum())
        main()
        """,
    ),
    "HW774:script": (
        """
        import copy
        table = [[float(n)] for n in range(50_000)]
        other = copy.deepcopy(table)
        other[0][0] = 5.0
        print(other[0], other[-1])
        """,
        """
        table = [[float(n)] for n in range(50_000)]
        table[0][0] = 5.0
        print(table[0], table[-1])
        """,
    ),
    "HW725:json": (
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            document *= 6
            with open("out", "w") as file:
                file.write(json.dumps(document))
                print(file.tell())
        main()
        """,
        """
        import json, sys
        def main():
            with open(sys.argv[1] + "/many.json") as file:
                document = json.load(file)
            document *= 6
            with open("out", "w") as file:
                json.dump(document, file)
                print(file.tell())
        main()
        """,
    ),
    "HW725:writer": (
        """
        import csv, io
        def rows():
            for i in range(150_000): yield i, f"customer {i * 31 % 9001}", i % 977 / 4, "paid"
        def main():
            out = io.StringIO()
            table = csv.writer(out)
            table.writerow(["id", "customer", "amount", "state"])
            table.writerows(rows())
            with open("out", "wb") as file:
                print(file.write(out.getvalue().encode()))
        main()
        """,
        """
        import csv
        def rows():
            for i in range(150_000): yield i, f"customer {i * 31 % 9001}", i % 977 / 4, "paid"
        def main():
            with open("out", "w", newline="") as file:
                table = csv.writer(file)
                table.writerow(["id", "customer", "amount", "state"])
                table.writerows(rows())
                print(file.tell())
        main()
        """,
    ),
    "HW725:pickle": (
        """
        import os, pickle
        def main():
            document = [bytes([i % 200]) * 1000 for i in range(20_000)]
            blob = pickle.dumps(document)
            digest = hashlib.sha256(blob).hexdigest()[:0] + "hashed"
            with open("out", "wb") as file:
                file.write(blob)
            print(os.path.getsize("out"), digest)
        import hashlib
        main()
        """,
        """
        import os, pickle
        def main():
            document = [bytes([i % 200]) * 1000 for i in range(20_000)]
            with open("out", "wb") as file:
                pickle.dump(document, file)
            digest = "hashed"
            print(os.path.getsize("out"), digest)
        import hashlib
        main()
        """,
    ),
    "HW726": (
        """
        import numpy as np
        def main():
            x = np.arange(60_000.0)
            rows = np.array([x[i : i + 64] for i in range(len(x) - 63)])
            print(rows.shape, float(rows[::100].max()))
        main()
        """,
        """
        import numpy as np
        def main():
            x = np.arange(60_000.0)
            rows = np.lib.stride_tricks.sliding_window_view(x, 64)
            print(rows.shape, float(rows[::100].max()))
        main()
        """,
    ),
    "HW729": (
        """
        from collections import deque
        def main():
            width, height = 200, 200
            queue = deque([(0, 0)])
            known = {(0, 0): [(0, 0)]}
            while queue:
                cell = queue.popleft()
                x, y = cell
                for other in ((x + 1, y), (x, y + 1)):
                    if other[0] < width and other[1] < height and other not in known:
                        known[other] = known[cell] + [other]
                        queue.append(other)
            path = known[width - 1, height - 1]
            print(len(path))
        main()
        """,
        """
        from collections import deque
        def main():
            width, height = 200, 200
            queue = deque([(0, 0)])
            known = {(0, 0): None}
            while queue:
                cell = queue.popleft()
                x, y = cell
                for other in ((x + 1, y), (x, y + 1)):
                    if other[0] < width and other[1] < height and other not in known:
                        known[other] = cell
                        queue.append(other)
            path, cell = [], (width - 1, height - 1)
            while cell is not None:
                path.append(cell)
                cell = known[cell]
            print(len(path))
        main()
        """,
    ),
    "HW727": (
        """
        import numpy as np
        class Field:
            def __init__(self):
                self.values = np.zeros(100_000)
                self.log = []
            def step(self, n):
                self.values += n
                self.log.append((n, self.values.copy()))
            def report(self):
                print(sum(float(each.mean()) for n, each in self.log))
        field = Field()
        for n in range(60):
            field.step(n)
        field.report()
        """,
        """
        import numpy as np
        class Field:
            def __init__(self):
                self.values = np.zeros(100_000)
                self.log = []
            def step(self, n):
                self.values += n
                self.log.append((n, self.values.mean()))
            def report(self):
                print(sum(float(each) for n, each in self.log))
        field = Field()
        for n in range(60):
            field.step(n)
        field.report()
        """,
    ),
    "HW770": (
        """
        import numpy as np
        def haversine(lat, lon):
            return np.sin((lat - .7) / 2) ** 2 + np.cos(lat) * np.sin((lon - .1) / 2) ** 2
        lat, lon = np.linspace(-1.5, 1.5, 500_000), np.linspace(-3, 3, 500_000)
        print(haversine(lat, lon).sum().round(3))
        """,
        """
        import numpy as np
        def haversine(lat, lon):
            found = np.empty_like(lat)
            for at in range(0, len(lat), 10_000):
                part = slice(at, at + 10_000)
                found[part] = np.sin((lat[part] - .7) / 2) ** 2 + np.cos(lat[part]) * np.sin((lon[part] - .1) / 2) ** 2
            return found
        lat, lon = np.linspace(-1.5, 1.5, 500_000), np.linspace(-3, 3, 500_000)
        print(haversine(lat, lon).sum().round(3))
        """,
    ),
    "HW771": (
        """
        import numpy as np
        import pandas as pd
        def quotes(): return pd.DataFrame({"symbol": np.arange(9000) % 30, "time": np.arange(9000) * 7, "bid": np.arange(9000) / 8})
        def trades(): return pd.DataFrame({"trade": np.arange(3000), "symbol": np.arange(3000) % 30, "time": np.arange(3000) * 21 + 700})
        def priced():
            pairs = trades().merge(quotes(), on="symbol", suffixes=("", "_quote"))
            pairs = pairs[pairs["time_quote"] <= pairs["time"]]
            last = pairs.groupby("trade")["time_quote"].idxmax()
            return pairs.loc[last, "bid"]
        print(priced().sum())
        """,
        """
        import numpy as np
        import pandas as pd
        def quotes(): return pd.DataFrame({"symbol": np.arange(9000) % 30, "time": np.arange(9000) * 7, "bid": np.arange(9000) / 8})
        def trades(): return pd.DataFrame({"trade": np.arange(3000), "symbol": np.arange(3000) % 30, "time": np.arange(3000) * 21 + 700})
        def priced():
            return pd.merge_asof(trades(), quotes(), on="time", by="symbol")["bid"]
        print(priced().sum())
        """,
    ),
}  # fmt: skip
