"""Programs with wasteful objects, and the same with mended ones: rule -> (wasteful, mended)."""

from __future__ import annotations

MEASURE = """
import ctypes, gc, os, sys, tempfile

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]
libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Info

def held_bytes():
    # What the allocators have given out, as they round it: pymalloc's blocks, and malloc's without its arenas.
    gc.collect()
    with tempfile.TemporaryFile() as told:
        kept = os.dup(2)
        os.dup2(told.fileno(), 2)
        sys._debugmallocstats()
        os.dup2(kept, 2)
        os.close(kept)
        told.seek(0)
        lines = told.read().decode().splitlines()
    said = {name.strip("# "): value for name, _, value in (line.partition("=") for line in lines)}
    def of(name): return int(said[name].replace(",", ""))
    # pymalloc's map of its arenas, by where these happen to lie, is malloc's too.
    tables = of("bytes lost to arena map mid") + of("bytes lost to arena map bot")
    info = libc.mallinfo2()
    return of("bytes in allocated blocks") + info.uordblks + info.hblkhd - tables
held_bytes()
before = held_bytes()
"""
"""Before a program: how much the allocators have given out."""

CASES = {
    "HW301": (
        """
        class Row:
            def __init__(self, i): self.a, self.b, self.c, self.d = i, None, None, None
        kept = [Row(i) for i in range(30_000)]
        """,
        """
        class Row:
            __slots__ = ("a", "b", "c", "d")
            def __init__(self, i): self.a, self.b, self.c, self.d = i, None, None, None
        kept = [Row(i) for i in range(30_000)]
        """,
    ),
    "HW302": (
        """
        kept = {i: None for i in range(200_000)}
        for i in range(199_990): del kept[i]
        """,
        """
        kept = {i: None for i in range(200_000)}
        for i in range(199_990): del kept[i]
        kept = dict(kept.items())
        """,
    ),
    "HW303": (
        "kept = [i * 7 for i in range(1000, 200_000)]",
        "from array import array\nkept = array('q', (i * 7 for i in range(1000, 200_000)))",
    ),
    "HW304": (
        "kept = [{'id': i, 'name': None, 'price': 1.5, 'note': None} for i in range(40_000)]",
        """
        class Row:
            __slots__ = ("id", "name", "price", "note")
            def __init__(self, i): self.id, self.name, self.price, self.note = i, None, 1.5, None
        kept = [Row(i) for i in range(40_000)]
        """,
    ),
    "HW305": (
        "import numpy as np\nkept = [np.ones(100_000)[:10] for _ in range(30)]",
        "import numpy as np\nkept = [np.ones(100_000)[:10].copy() for _ in range(30)]",
    ),
    "HW306": (
        """
        class Node:
            __slots__ = ("children", "meta", "tags")
            def __init__(self): self.children, self.meta, self.tags = [], {}, set()
        kept = [Node() for _ in range(20_000)]
        """,
        """
        class Node:
            __slots__ = ("children", "meta", "tags")
            def __init__(self): self.children, self.meta, self.tags = None, None, None
        kept = [Node() for _ in range(20_000)]
        """,
    ),
    "HW307": (
        "kept = [f'{i % 4} is the status of an order, as the warehouse tells it to the shop that has sold it, and this is a long line' for i in range(100_000)]",
        "import sys\nkept = [sys.intern(f'status-{i % 4}') for i in range(100_000)]",
    ),
    "HW308": (
        "import numpy as np\nkept = np.arange(100).repeat(20_000)",
        "import numpy as np\nkept = np.arange(100, dtype=np.int8).repeat(20_000)",
    ),
    "HW309": (
        "import numpy as np\nkept = np.where(np.arange(1_000_000) < 0, 1.0, 7.1)",
        "import numpy as np\nkept = np.broadcast_to(7.1, 1_000_000)",
    ),
    "HW310": (
        "import numpy as np\nkept = np.array([f'{i % 50} is a segment of customers, as those who sell tell it to those who make, and this is a long line' for i in range(200_000)], dtype=object)",
        """
        import numpy as np
        values = [f'{i} is a segment of customers, as those who sell tell it to those who make, and this is a long line' for i in range(50)]
        kept = values, np.array([i % 50 for i in range(200_000)], dtype=np.int8)
        """,
    ),
    "HW311": (
        "import numpy as np\nkept = [np.sqrt(np.arange(2, 100_000)) for _ in range(5)]",
        "import numpy as np\nkept = [np.sqrt(np.arange(2, 100_000))] * 5",
    ),
    "HW312": (
        "import numpy as np\nkept = np.array(['ab'] * 20_000 + ['x' * 200])",
        "import numpy as np\nkept = np.array(['ab'] * 20_000 + ['x' * 200], dtype=np.dtypes.StringDType())",
    ),
    "HW313": (
        "kept = ['a' * 100_000 + chr(0x1F600) + str(i) for i in range(20)]",
        "kept = [('a' * 100_000 + chr(0x1F600) + str(i)).encode() for i in range(20)]",
    ),
    "HW315": (
        """
        import functools
        @functools.lru_cache(maxsize=100_000)
        def kept(i): return bytes(1000)
        for i in range(3000): kept(i)
        """,
        """
        def kept(i): return bytes(1000)
        for i in range(3000): kept(i)
        """,
    ),
    "HW316": (
        "kept = {i: None for i in range(100_000)}",
        "kept = [None for i in range(100_000)]",
    ),
    "HW367": (
        "kept = {(x, y): x * y % 7 for x in range(300) for y in range(300)}",
        "kept = bytearray(x * y % 7 for x in range(300) for y in range(300))",
    ),
    "HW370": (
        "import numpy\nkept = numpy.array([i * 0.5 for i in range(200_000)], dtype=object)",
        "import numpy\nkept = numpy.array([i * 0.5 for i in range(200_000)])",
    ),
    "HW372": (
        "import hashlib\nkept = {hashlib.sha1(b'%d' % i).hexdigest() for i in range(60_000)}",
        "import hashlib\nkept = {hashlib.sha1(b'%d' % i).digest() for i in range(60_000)}",
    ),
    "HW373": (
        """
        from collections import Counter
        kept = Counter()
        for i in range(60_000):
            kept[f"request {i}"] += 1
            kept[f"request {i}"] -= 1
        """,
        """
        from collections import Counter
        kept = Counter()
        for i in range(60_000):
            kept[f"request {i}"] += 1
            kept[f"request {i}"] -= 1
            if not kept[f"request {i}"]: del kept[f"request {i}"]
        """,
    ),
    "HW317": (
        "kept = [(i * 0.5, i * 0.25, i * 0.125) for i in range(1, 30_000)]",
        "from array import array\nkept = [array('d', [i * x for i in range(1, 30_000)]) for x in (0.5, 0.25, 0.125)]",
    ),
    "HW318": (
        """
        names = ["read", "write", "list", "share", "admin"]
        kept = {f"user {i}": {names[i % 5], names[i % 3]} for i in range(20_000)}
        """,
        """
        names = ["read", "write", "list", "share", "admin"]
        kept = {f"user {i}": 1 << i % 5 | 1 << i % 3 for i in range(20_000)}
        """,
    ),
    "HW319": (
        "kept = {f'word {i}': [None] for i in range(20_000)}",
        "kept = {f'word {i}': None for i in range(20_000)}",
    ),
    "HW320": (
        "kept = {f'node {i}': {-i: None, i - 70_000: None} for i in range(1, 20_000)}",
        "kept = {f'node {i}': (-i, None, i - 70_000, None) for i in range(1, 20_000)}",
    ),
    "HW322": (
        """
        import re
        found = re.compile(r"user=([a-z0-9]+)")
        kept = [found.search(f"user=ada{i} {'x' * 900}") for i in range(5_000)]
        """,
        """
        import re
        found = re.compile(r"user=([a-z0-9]+)")
        kept = [found.search(f"user=ada{i} {'x' * 900}")[1] for i in range(5_000)]
        """,
    ),
    "HW333": (
        """
        from concurrent.futures import ThreadPoolExecutor, wait
        def page(i): return bytes(20_000 + i)
        with ThreadPoolExecutor(2) as pool:
            kept = [pool.submit(page, i) for i in range(300)]
            wait(kept)
        """,
        """
        from collections import deque
        from concurrent.futures import ThreadPoolExecutor
        def page(i): return bytes(20_000 + i)
        kept = deque()
        with ThreadPoolExecutor(2) as pool:
            for i in range(300):
                kept.append(pool.submit(page, i))
                if len(kept) > 4: kept.popleft().result()
        """,
    ),
    "HW334": (
        """
        import functools
        @functools.lru_cache(maxsize=None)
        def kept(i): return bytes(50_000 + i)
        for i in range(100): [kept(each) for each in (i, i + 1, i + 2)]
        """,
        """
        import functools
        @functools.lru_cache(maxsize=4)
        def kept(i): return bytes(50_000 + i)
        for i in range(100): [kept(each) for each in (i, i + 1, i + 2)]
        """,
    ),
    "HW335": (
        """
        import queue
        kept = queue.Queue()
        for i in range(500): kept.put([bytes(10_000 + i)])
        """,
        """
        import queue
        kept = queue.Queue(maxsize=16)
        for i in range(500):
            if kept.full(): kept.get()
            kept.put([bytes(10_000 + i)])
        """,
    ),
    "HW323": (
        """
        kept = set()
        for i in range(300_000): kept.add(i * 7 % 600_011)
        """,
        """
        kept = bytearray(600_011)
        for i in range(300_000): kept[i * 7 % 600_011] = 1
        """,
    ),
    "HW321": (
        """
        class Peer:
            __slots__ = ("options",)
            def __init__(self): self.options = ["zip", "tls", "http"]
        kept = [Peer() for _ in range(20_000)]
        """,
        """
        class Peer:
            __slots__ = ("options",)
            def __init__(self): self.options = OPTIONS
        OPTIONS = ["zip", "tls", "http"]
        kept = [Peer() for _ in range(20_000)]
        """,
    ),
    "HW325": (
        """
        import json
        model = {f"operation {i}": {"name": f"Operation{i}", "code": 1000 + i, "errors": [f"Error{i}", "Throttled"], "limit": i + 0.5} for i in range(150)}
        text = json.dumps({"version": 2.0, "operations": model})
        del model
        class Client:
            def __init__(self, i): self.number, self.model = i, json.loads(text)
        kept = [Client(i) for i in range(30)]
        """,
        """
        import json
        model = {f"operation {i}": {"name": f"Operation{i}", "code": 1000 + i, "errors": [f"Error{i}", "Throttled"], "limit": i + 0.5} for i in range(150)}
        text = json.dumps({"version": 2.0, "operations": model})
        MODEL = json.loads(text)
        del model
        class Client:
            def __init__(self, i): self.number, self.model = i, MODEL
        kept = [Client(i) for i in range(30)]
        """,
    ),
    "HW326": (
        """
        import csv
        lines = (f"station {i % 50},{i * 0.37 - 900:.2f},{i * 7919},{i % 3}" for i in range(40_000))
        class Reading:
            __slots__ = ("station", "value", "serial", "quality")
            def __init__(self, station, value, serial, quality):
                self.station, self.value, self.serial, self.quality = sys.intern(station), value, serial, quality
        kept = [Reading(*row) for row in csv.reader(lines)]
        """,
        """
        import csv
        lines = (f"station {i % 50},{i * 0.37 - 900:.2f},{i * 7919},{i % 3}" for i in range(40_000))
        class Reading:
            __slots__ = ("station", "value", "serial", "quality")
            def __init__(self, station, value, serial, quality):
                self.station, self.value, self.serial, self.quality = sys.intern(station), float(value), int(serial), quality
        kept = [Reading(*row) for row in csv.reader(lines)]
        """,
    ),
    "HW327": (
        "from decimal import Decimal\nkept = [Decimal(i * 7919).scaleb(-2) for i in range(50_000)]",
        "from array import array\nkept = array('q', (i * 7919 for i in range(50_000)))",
    ),
    "HW328": (
        """
        import logging, logging.handlers
        log, kept = logging.getLogger("app"), logging.handlers.MemoryHandler(10**6, flushLevel=100)
        log.setLevel("INFO")
        log.propagate = False
        log.addHandler(kept)
        for i in range(10_000): log.info("user %s", f"{i} came from the page of offers")
        """,
        """
        import logging, logging.handlers
        log, kept = logging.getLogger("app"), logging.handlers.BufferingHandler(100)
        log.setLevel("INFO")
        log.propagate = False
        log.addHandler(kept)
        for i in range(10_000): log.info("user %s", f"{i} came from the page of offers")
        """,
    ),
}

STRUCTURE = {
    "HW103": (
        "kept = [(lambda big=bytearray(100_000) + bytes([i]): len(big)) for i in range(100)]",
        "kept = [(lambda n=i: n) for i in range(100)]",
    ),
    "HW104": (
        """
        import threading
        kept, stop, ready = threading.local(), threading.Event(), threading.Semaphore(0)
        def work(): kept.data = bytearray(200_000); ready.release(); stop.wait()
        threads = [threading.Thread(target=work, daemon=True) for _ in range(10)]
        for each in threads: each.start()
        for each in threads: ready.acquire()
        """,
        """
        import threading
        kept, stop, ready = threading.local(), threading.Event(), threading.Semaphore(0)
        def work(): kept.data = bytearray(200_000); del kept.data; ready.release(); stop.wait()
        threads = [threading.Thread(target=work, daemon=True) for _ in range(10)]
        for each in threads: each.start()
        for each in threads: ready.acquire()
        """,
    ),
    "HW114": (
        "import itertools\na, kept = itertools.tee(bytes(20_000) for _ in range(500))\nsum(map(len, a))",
        "import itertools\na, kept = itertools.tee(bytes(20_000) for _ in range(500))\nsum(len(x) + len(y) for x, y in zip(a, kept))",
    ),
    "HW115": (
        "from collections import defaultdict\nkept = defaultdict(set)\nfor i in range(50_000): kept[i]",
        "from collections import defaultdict\nkept = defaultdict(set)\nfor i in range(50_000): kept.get(i)",
    ),
    "HW151": (
        "import logging\nfor i in range(5000): logging.getLogger(f'app.kept.{i}')\nkept = logging.root.manager.loggerDict",
        "import logging\nfor i in range(5000): logging.LoggerAdapter(logging.getLogger('app'), {'kept': i})",
    ),
    "HW153": (
        """
        def make(i):
            class Row:
                a = b = c = d = e = None
                def f(self): return 1
            return Row
        kept = [make(i) for i in range(500)]
        """,
        """
        class Row:
            a = b = c = d = e = None
            def f(self): return 1
        kept = [Row for i in range(500)]
        """,
    ),
    "HW154": (
        "from unittest.mock import Mock\nkept = Mock()\nfor i in range(200): kept(bytes(20_000))",
        "from unittest.mock import Mock\nkept = Mock()\nfor i in range(200): kept(bytes(20_000)); kept.reset_mock()",
    ),
}
"""Faults that one snapshot shows by its structure."""
