"""A small data mapper over SQLite and a route planner that keeps all stops of a carrier in memory."""
import os
import random
import sqlite3
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
PATH = os.path.join(BASE, "r_stops.sqlite3")
COLUMNS = ("id", "depot", "lat", "lon", "weight", "volume", "opens", "closes", "zone", "priority", "visits", "customer")


def write_stops():
    rng = random.Random(14)
    db = sqlite3.connect(PATH + ".part")
    db.execute(f"create table stop({', '.join(COLUMNS)})")
    db.executemany(f"insert into stop values({', '.join('?' * len(COLUMNS))})", (
        (n, rng.randrange(40), rng.uniform(47, 55), rng.uniform(6, 15), rng.expovariate(1 / 40), rng.random(),
         rng.randrange(6, 12), rng.randrange(13, 22), rng.randrange(200), rng.randrange(4), rng.randrange(250),
         rng.randrange(10**6)) for n in range(130000)))
    db.commit()
    db.close()
    os.rename(PATH + ".part", PATH)


def ensure_stops():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(PATH):
        pid = os.fork()
        if pid == 0:
            write_stops()
            os._exit(0)
        os.waitpid(pid, 0)


class StopRules:
    __slots__ = ()
    table = "stop"
    columns = COLUMNS

    def hours(self):
        return self.closes - self.opens

    def urgent(self):
        return self.priority == 3 and self.hours() < 5


class StopBad(StopRules):
    @classmethod
    def hydrate(cls, row):
        self = cls.__new__(cls)
        self.__dict__ = dict(zip(cls.columns, row))
        return self


class StopGood(StopRules):
    __slots__ = COLUMNS

    @classmethod
    def hydrate(cls, row):
        self = cls.__new__(cls)
        for name, value in zip(cls.columns, row):
            setattr(self, name, value)
        return self


Stop = StopBad if ARM == "bad" else StopGood


class Query:
    def __init__(self, db, model):
        self.db = db
        self.model = model
        self.order = "1"

    def order_by(self, column):
        self.order = column
        return self

    def __iter__(self):
        sql = f"select {', '.join(self.model.columns)} from {self.model.table} order by {self.order}"
        for row in self.db.execute(sql):
            yield self.model.hydrate(row)


class Planner:
    def __init__(self):
        self.by_depot = {}

    def load(self, query):
        for stop in query:
            self.by_depot.setdefault(stop.depot, []).append(stop)

    def loads(self):
        return {depot: sum(s.weight for s in stops) for depot, stops in self.by_depot.items()}

    def urgent(self):
        return sum(stop.urgent() for stops in self.by_depot.values() for stop in stops)


def main():
    ensure_stops()
    db = sqlite3.connect(PATH)
    planner = Planner()
    planner.load(Query(db, Stop).order_by("id"))
    loads = planner.loads()
    heaviest = max(loads, key=loads.get)
    print("depots", len(loads), "stops", sum(map(len, planner.by_depot.values())), "urgent", planner.urgent(),
          "heaviest", heaviest, round(loads[heaviest], 1))
    return planner


if __name__ == "__main__":
    planner = main()
