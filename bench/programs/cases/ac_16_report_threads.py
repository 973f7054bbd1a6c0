"""A report server: every request runs in a thread of its own and reads the sales database."""
import sqlite3
import threading

from harness import case, fixture, run

SALES = 60_000


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table sale (id integer primary key, shop integer, cents integer, note text)")
    db.executemany("insert into sale values (?, ?, ?, ?)",
                   ((n, n % 50, n * 7919 % 9000, f"sale {n} at till {n % 11}, paid by card " + "." * 40)
                    for n in range(SALES)))
    db.commit()
    db.close()


class Database:
    """A connection for each thread, because sqlite's are not to be shared."""

    def __init__(self, path):
        self.path = path
        self.local = threading.local()
        self.lock = threading.Lock()
        self.opened = []

    def connection(self):
        db = getattr(self.local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, check_same_thread=False)
            db.execute("pragma cache_size = -6000")
            self.local.db = db
            with self.lock:
                self.opened.append(db)
        return db

    def done(self):
        """Called by a thread when its request is answered."""

    def close(self):
        for db in self.opened:
            db.close()


class TidyDatabase(Database):
    def done(self):
        db = self.local.__dict__.pop("db", None)
        if db is not None:
            with self.lock:
                self.opened.remove(db)
            db.close()


class ReportServer:
    def __init__(self, database):
        self.database = database
        self.answers = {}
        self.notes = {}

    def request(self, shop):
        db = self.database.connection()
        query = "select count(*), sum(cents), max(length(note)) from sale where shop = ?"
        self.answers[shop] = db.execute(query, (shop,)).fetchone()
        tills = "select note, cents from sale where shop = ? order by cents desc, note limit 1"
        self.notes[shop] = db.execute(tills, (shop,)).fetchone()
        self.database.done()

    def serve(self, shops):
        for shop in shops:
            thread = threading.Thread(target=self.request, args=(shop,))
            thread.start()
            thread.join()
        best = max(self.answers, key=lambda shop: self.answers[shop][1])
        print(f"{len(self.answers)} shops, best {best} with {self.answers[best]}, {self.notes[best]}")
        return self


@case("ac 16 report threads")
class _:
    def bad():
        return ReportServer(Database(fixture("ac_16_sales.sqlite", build))).serve(range(50))

    def good():
        return ReportServer(TidyDatabase(fixture("ac_16_sales.sqlite", build))).serve(range(50))


if __name__ == "__main__":
    kept = run()
