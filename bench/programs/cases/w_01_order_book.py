"""Replay of a trading day through a limit order book with market makers."""
import heapq
import random
import sys


class Order:
    __slots__ = ("oid", "side", "price", "qty", "owner", "tag", "live")

    def __init__(self, oid, side, price, qty, owner, tag):
        self.oid = oid
        self.side = side
        self.price = price
        self.qty = qty
        self.owner = owner
        self.tag = tag
        self.live = True


class Ladder:
    """One side of the book: best price on top of a heap."""

    def __init__(self, sign):
        self.sign = sign
        self.heap = []
        self.dead = 0

    def push(self, order):
        heapq.heappush(self.heap, (self.sign * order.price, order.oid, order))

    def best(self):
        while self.heap and not self.heap[0][2].live:
            heapq.heappop(self.heap)
            self.dead -= 1
        return self.heap[0][2] if self.heap else None

    def retire_bad(self, order):
        order.live = False
        self.dead += 1

    def retire_good(self, order):
        order.live = False
        self.dead += 1
        if self.dead > 64 and self.dead * 2 > len(self.heap):
            self.heap = [entry for entry in self.heap if entry[2].live]
            heapq.heapify(self.heap)
            self.dead = 0


class Book:
    def __init__(self, symbol, arm):
        self.symbol = symbol
        self.sides = {"B": Ladder(-1), "S": Ladder(1)}
        self.by_id = {}
        self.trades = 0
        self.volume = 0
        self.retire = Ladder.retire_bad if arm == "bad" else Ladder.retire_good

    def add(self, order):
        self.match(order)
        if order.qty:
            self.by_id[order.oid] = order
            self.sides[order.side].push(order)

    def match(self, taker):
        ladder = self.sides["S" if taker.side == "B" else "B"]
        while taker.qty:
            maker = ladder.best()
            if maker is None or (maker.price - taker.price) * -ladder.sign < 0:
                break
            done = min(maker.qty, taker.qty)
            maker.qty -= done
            taker.qty -= done
            self.trades += 1
            self.volume += done
            if not maker.qty:
                heapq.heappop(ladder.heap)
                del self.by_id[maker.oid]

    def cancel(self, oid):
        order = self.by_id.pop(oid, None)
        if order is not None:
            self.retire(self.sides[order.side], order)


class MarketMaker:
    def __init__(self, name, rng):
        self.name = name
        self.rng = rng
        self.open = []

    def requote(self, book, mid, next_id):
        for oid in self.open:
            book.cancel(oid)
        self.open.clear()
        for level in range(1, 5):
            for side, sign in (("B", -1), ("S", 1)):
                price = mid + sign * (level * 12 + self.rng.randrange(8))
                oid = next_id()
                tag = f"{self.name}/{book.symbol}/{level}{side}-{oid:x}"
                book.add(Order(oid, side, price, self.rng.randrange(100, 900), self.name, tag))
                self.open.append(oid)


class Exchange:
    def __init__(self, symbols, arm, seed=11):
        self.rng = random.Random(seed)
        self.books = {s: Book(s, arm) for s in symbols}
        self.mids = {s: self.rng.randrange(20_000, 90_000) for s in symbols}
        self.makers = {s: [MarketMaker(f"MM{k}", self.rng) for k in range(5)] for s in symbols}
        self.last_id = 10_000

    def next_id(self):
        self.last_id += 1
        return self.last_id

    def step(self, symbol):
        book, rng = self.books[symbol], self.rng
        self.mids[symbol] += rng.choice((-1, 0, 0, 1))
        rng.choice(self.makers[symbol]).requote(book, self.mids[symbol], self.next_id)
        if rng.random() < 0.3:
            side = rng.choice("BS")
            price = self.mids[symbol] + (20 if side == "B" else -20)
            book.add(Order(self.next_id(), side, price, rng.randrange(1, 60), "retail", f"r{self.last_id}"))


def main(arm):
    exchange = Exchange(["ACME", "BOLT", "CRUX", "DYNE"], arm)
    symbols = list(exchange.books)
    for tick in range(60_000):
        exchange.step(symbols[tick % len(symbols)])
    trades = sum(b.trades for b in exchange.books.values())
    live = sum(len(b.by_id) for b in exchange.books.values())
    print(f"trades={trades} volume={sum(b.volume for b in exchange.books.values())} live={live}")
    return exchange


if __name__ == "__main__":
    EXCHANGE = main(sys.argv[1])
