"""Price history over one SQLite file per exchange; the screens keep a series object per exchange."""
import os
import random
import sqlite3
import sys
import tempfile
from contextlib import closing

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
MARKETS, ROWS = 36, 36_000


def market_path(number):
    return os.path.join(DIR, "tt-market-%02d.db" % number)


def write_market(number):
    rng = random.Random(500 + number)
    part = market_path(number) + ".part"
    if os.path.exists(part):
        os.unlink(part)
    with closing(sqlite3.connect(part)) as link:
        link.execute("pragma synchronous=off")
        link.execute("create table price (id integer primary key, symbol text, day integer, close real, venue text)")
        symbols = ["S%03d%s" % (i, rng.choice("ABCDEF")) for i in range(120)]
        level = {s: rng.uniform(5, 300) for s in symbols}
        rows = []
        for i in range(ROWS):
            symbol = symbols[i % len(symbols)]
            level[symbol] *= 1 + rng.gauss(0, 0.01)
            rows.append((symbol, i // len(symbols), level[symbol], "desk %08x %08x" % (rng.getrandbits(32), i)))
        link.executemany("insert into price (symbol, day, close, venue) values (?, ?, ?, ?)", rows)
        link.commit()
    os.rename(part, market_path(number))


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        for number in range(MARKETS):
            if not os.path.exists(market_path(number)):
                write_market(number)
        os._exit(0)
    os.waitpid(pid, 0)


class Gateway:
    """Runs queries on a market's file."""

    def __init__(self, path):
        self.path = path
        self.link = None

    def rows_bad(self, sql, args=()):
        if self.link is None:
            self.link = sqlite3.connect(self.path)
        yield from self.link.execute(sql, args)

    def rows_good(self, sql, args=()):
        with closing(sqlite3.connect(self.path)) as link:
            yield from link.execute(sql, args)


class Series:
    """What a screen needs: the leaders, and a way to look again."""

    def __init__(self, number, arm):
        self.number = number
        gateway = Gateway(market_path(number))
        self.rows = gateway.rows_bad if arm == "bad" else gateway.rows_good
        self.leaders = []
        self.volatility = 0.0

    def refresh(self):
        self.leaders = list(self.rows(
            "select symbol, max(close) / min(close) as span from price group by symbol order by span desc, symbol limit 4"))
        previous, total, count = {}, 0.0, 0
        for symbol, close in self.rows("select symbol, close from price order by id"):
            if symbol in previous:
                total += abs(close / previous[symbol] - 1)
                count += 1
            previous[symbol] = close
        self.volatility = total / count

    def venues(self, symbol):
        return sum(1 for _ in self.rows("select venue from price where symbol = ? and day > 290", (symbol,)))


class Screens:
    """Lives as long as the terminal: one series per market."""

    def __init__(self, arm):
        self.series = {number: Series(number, arm) for number in range(MARKETS)}

    def refresh(self):
        for series in self.series.values():
            series.refresh()

    def headline(self):
        best = max(self.series.values(), key=lambda s: s.leaders[0][1])
        return best.number, best.leaders[0][0], best.venues(best.leaders[0][0])

    def mean_volatility(self):
        return sum(s.volatility for s in self.series.values()) / len(self.series)


def main(arm):
    prepare()
    screens = Screens(arm)
    screens.refresh()
    print("markets", len(screens.series), "headline", screens.headline(),
          "volatility %.6f" % screens.mean_volatility())
    return screens


if __name__ == "__main__":
    STATE = main(sys.argv[1])
