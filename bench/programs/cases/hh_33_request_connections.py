"""A lookup server with a thread per request in front of a SQLite catalogue."""
import contextlib
import queue
import random
import sqlite3
import threading

from harness import CASES, D, case, fixture, run


def build_catalogue(path):
    rng = random.Random(33)
    db = sqlite3.connect(path)
    db.execute("create table part (id integer primary key, maker text, label text, price real)")
    db.executemany("insert into part values (?, ?, ?, ?)", (
        (i, f"maker-{rng.randrange(900)}", f"part {rng.getrandbits(320):080x}", rng.random() * 90)
        for i in range(60_000)))
    db.commit()
    db.close()


class ThreadConnections:
    """A connection per thread; all are closed with the server."""

    def __init__(self, path):
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._opened = []

    def _open(self):
        return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False)

    @contextlib.contextmanager
    def connection(self):
        if not hasattr(self._local, "db"):
            self._local.db = self._open()
            with self._lock:
                self._opened.append(self._local.db)
        yield self._local.db

    def close(self):
        for db in self._opened:
            db.close()


class PooledConnections(ThreadConnections):
    size = 4

    def __init__(self, path):
        super().__init__(path)
        self._idle = queue.LifoQueue()
        for _ in range(self.size):
            self._opened.append(self._open())
            self._idle.put(self._opened[-1])

    @contextlib.contextmanager
    def connection(self):
        db = self._idle.get()
        try:
            yield db
        finally:
            self._idle.put(db)


class CatalogueServer:
    def __init__(self, connections):
        self.connections = connections
        self.answers = {}

    def handle(self, request_id):
        with self.connections.connection() as db:
            row = db.execute("select count(*), avg(price) from part where maker like ?",
                             (f"maker-{request_id % 90}%",)).fetchone()
        self.answers[request_id] = (row[0], round(row[1], 3))

    def serve(self, requests, at_once=4):
        for first in range(0, requests, at_once):
            threads = [threading.Thread(target=self.handle, args=(n,))
                       for n in range(first, min(first + at_once, requests))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return self


@case('33 thread-bound connections outlive their threads')
class _:
    def setup():
        fixture("g7_catalogue.db", build_catalogue)

    def bad():
        return CatalogueServer(ThreadConnections(fixture("g7_catalogue.db", build_catalogue))).serve(72)

    def good():
        return CatalogueServer(PooledConnections(fixture("g7_catalogue.db", build_catalogue))).serve(72)


if __name__ == "__main__":
    kept = run()
