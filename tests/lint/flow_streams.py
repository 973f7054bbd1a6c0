"""Programs as in `flow_cases`, of values that could come one by one: rule and kind -> (wasteful, mended)."""

from __future__ import annotations

STREAMS = {
    "HW701:executemany": (
        """
        import sqlite3
        def load(connection):
            rows = [(n, f"reading number {n} of many") for n in range(200_000)]
            connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection = sqlite3.connect("x.sqlite")
        connection.execute("CREATE TABLE t (n, s)")
        load(connection)
        print(connection.execute("SELECT count(*) FROM t").fetchone())
        """,
        """
        import sqlite3
        def load(connection):
            rows = ((n, f"reading number {n} of many") for n in range(200_000))
            connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection = sqlite3.connect("x.sqlite")
        connection.execute("CREATE TABLE t (n, s)")
        load(connection)
        print(connection.execute("SELECT count(*) FROM t").fetchone())
        """,
    ),
    "HW701:appended": (
        """
        import csv
        def write(path):
            rows = []
            for n in range(150_000):
                name = f"reading number {n} of many"
                rows.append([n, name])
            with open(path, "w", newline="") as out:
                csv.writer(out).writerows(rows)
        write("x.csv")
        print(sum(len(line) for line in open("x.csv")))
        """,
        """
        import csv
        def readings():
            for n in range(150_000):
                name = f"reading number {n} of many"
                yield [n, name]
        def write(path):
            with open(path, "w", newline="") as out:
                csv.writer(out).writerows(readings())
        write("x.csv")
        print(sum(len(line) for line in open("x.csv")))
        """,
    ),
    "HW731": (
        """
        import subprocess, sys
        WORDS = [sys.executable, "-S", "-c", "for n in range(300_000): print('line number', n, 'of many')"]
        def total():
            process = subprocess.run(WORDS, stdout=subprocess.PIPE, check=True)
            count = 0
            for line in process.stdout.decode().splitlines():
                count += len(line)
            return count
        print(total())
        """,
        """
        import subprocess, sys
        WORDS = [sys.executable, "-S", "-c", "for n in range(300_000): print('line number', n, 'of many')"]
        def total():
            count = 0
            with subprocess.Popen(WORDS, stdout=subprocess.PIPE, text=True) as process:
                for line in process.stdout:
                    count += len(line.rstrip("\\n"))
            return count
        print(total())
        """,
    ),
    "HW732": (
        """
        from itertools import chain
        def numbers(start):
            return [start * 1000 + n for n in range(20_000)]
        def total():
            found = 0
            for number in chain(*(numbers(start) for start in range(40))):
                found += number % 7
            return found
        print(total())
        """,
        """
        from itertools import chain
        def numbers(start):
            return [start * 1000 + n for n in range(20_000)]
        def total():
            found = 0
            for number in chain.from_iterable(numbers(start) for start in range(40)):
                found += number % 7
            return found
        print(total())
        """,
    ),
    "HW733": (
        """
        import asyncio
        async def slow(reader, writer):
            total = 0
            while data := await reader.read(65536):
                await asyncio.sleep(0.001)
                total += len(data)
            writer.close()
            done.set_result(total)
        async def main():
            global done
            done = asyncio.get_running_loop().create_future()
            server = await asyncio.start_server(slow, "127.0.0.1", 0)
            _, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
            for n in range(300):
                part = bytes([n % 250]) * 100_000
                writer.write(part)
                await asyncio.sleep(0)
            writer.write_eof()
            print(await done)
        asyncio.run(main())
        """,
        """
        import asyncio
        async def slow(reader, writer):
            total = 0
            while data := await reader.read(65536):
                await asyncio.sleep(0.001)
                total += len(data)
            writer.close()
            done.set_result(total)
        async def main():
            global done
            done = asyncio.get_running_loop().create_future()
            server = await asyncio.start_server(slow, "127.0.0.1", 0)
            _, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
            for n in range(300):
                part = bytes([n % 250]) * 100_000
                writer.write(part)
                await asyncio.sleep(0)
                await writer.drain()
            writer.write_eof()
            print(await done)
        asyncio.run(main())
        """,
    ),
    "HW734": (
        """
        def distance(a, b):
            table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
            for i in range(len(a) + 1):
                table[i][0] = i
            for j in range(len(b) + 1):
                table[0][j] = j
            for i in range(1, len(a) + 1):
                for j in range(1, len(b) + 1):
                    table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            return table[len(a)][len(b)]
        print(distance("abcdefghijk" * 100, "abdcefgijhk" * 90))
        """,
        """
        def distance(a, b):
            row = list(range(len(b) + 1))
            for i in range(1, len(a) + 1):
                above, row = row, [i] + [0] * len(b)
                for j in range(1, len(b) + 1):
                    row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]))
            return row[len(b)]
        print(distance("abcdefghijk" * 100, "abdcefgijhk" * 90))
        """,
    ),
    "HW734:array": (
        """
        import numpy as np
        def warped(a, b):
            cost = np.zeros((len(a), len(b)))
            for i in range(1, len(a)):
                cost[i, 1:] = np.minimum(cost[i - 1, 1:], cost[i - 1, :-1]) + np.abs(a[i] - b[1:])
            return cost[-1, -1]
        print(warped(np.arange(1500) % 17, np.arange(1400) % 13))
        """,
        """
        import numpy as np
        def warped(a, b):
            row = np.zeros(len(b))
            for i in range(1, len(a)):
                row[1:] = np.minimum(row[1:], row[:-1]) + np.abs(a[i] - b[1:])
            return row[-1]
        print(warped(np.arange(1500) % 17, np.arange(1400) % 13))
        """,
    ),
    "HW735: by a script": (
        """
        import numpy as np
        parts = []
        for n in range(9):
            parts.append(np.full(700_000, n * 1.5))
        whole = np.concatenate(parts)
        print(whole.sum())
        """,
        """
        import numpy as np
        total = 0.0
        for n in range(9):
            part = np.full(700_000, n * 1.5)
            total += part.sum()
            del part
        print(total)
        """,
    ),
    "HW735": (
        """
        import numpy as np
        def batches():
            for n in range(40):
                yield np.arange(n, n + 50_000, dtype=float)
        def mean():
            outputs = []
            for batch in batches():
                outputs.append(np.sqrt(batch))
            return np.concatenate(outputs).mean()
        print(round(mean(), 3))
        """,
        """
        import numpy as np
        def batches():
            for n in range(40):
                yield np.arange(n, n + 50_000, dtype=float)
        def mean():
            total = count = 0
            for batch in batches():
                output = np.sqrt(batch)
                total += output.sum()
                count += len(output)
            return total / count
        print(round(mean(), 3))
        """,
    ),
    "HW736:struct": (
        """
        import struct
        import numpy as np
        def samples(raw):
            count = len(raw) // 2
            return np.array(list(struct.unpack(f"<{count}h", raw)), dtype=np.int16)
        print(samples(bytes(range(256)) * 4000).sum())
        """,
        """
        import struct
        import numpy as np
        def samples(raw):
            return np.frombuffer(raw, dtype="<i2")
        print(samples(bytes(range(256)) * 4000).sum())
        """,
    ),
    "HW736:text": (
        """
        import numpy as np
        def table(path):
            return np.genfromtxt(path, delimiter=",")
        with open("x.csv", "w") as out:
            for n in range(60_000):
                print(n, n * 7 % 1000 / 8, n % 31, sep=",", file=out)
        print(table("x.csv").sum())
        """,
        """
        import numpy as np
        def table(path):
            return np.loadtxt(path, delimiter=",")
        with open("x.csv", "w") as out:
            for n in range(60_000):
                print(n, n * 7 % 1000 / 8, n % 31, sep=",", file=out)
        print(table("x.csv").sum())
        """,
    ),
    "HW736:document": (
        """
        from xml.dom import minidom
        def total(path):
            document = minidom.parse(path)
            found = 0
            for element in document.getElementsByTagName("row"):
                found += int(element.getAttribute("n"))
            return found
        with open("x.xml", "w") as out:
            out.write("<rows>")
            out.writelines(f'<row n="{n}"><a>{n}</a></row>' for n in range(50_000))
            out.write("</rows>")
        print(total("x.xml"))
        """,
        """
        from xml.dom import pulldom
        def total(path):
            found = 0
            events = pulldom.parse(path)
            for event, element in events:
                if event == pulldom.START_ELEMENT and element.tagName == "row":
                    events.expandNode(element)
                    found += int(element.getAttribute("n"))
                    element.unlink()
            return found
        with open("x.xml", "w") as out:
            out.write("<rows>")
            out.writelines(f'<row n="{n}"><a>{n}</a></row>' for n in range(50_000))
            out.write("</rows>")
        print(total("x.xml"))
        """,
    ),
    "HW737": (
        """
        import io, shutil, tempfile
        from pathlib import Path
        from urllib.request import urlopen
        def fetch(url, path):
            with urlopen(url) as response, open(path, "wb") as out:
                out.write(response.read())
        with open("x.bin", "wb") as out:
            for n in range(200):
                out.write(bytes(100_000))
        fetch(Path("x.bin").resolve().as_uri(), "y.bin")
        print(Path("y.bin").stat().st_size)
        """,
        """
        import io, shutil, tempfile
        from pathlib import Path
        from urllib.request import urlopen
        def fetch(url, path):
            with urlopen(url) as response, open(path, "wb") as out:
                shutil.copyfileobj(response, out)
        with open("x.bin", "wb") as out:
            for n in range(200):
                out.write(bytes(100_000))
        fetch(Path("x.bin").resolve().as_uri(), "y.bin")
        print(Path("y.bin").stat().st_size)
        """,
    ),
}
