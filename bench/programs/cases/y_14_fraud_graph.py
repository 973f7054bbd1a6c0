"""Fraud graph: looks for the shortest chain of payments from flagged accounts to a cash-out point."""
import random
import sys
from array import array
from collections import deque

ACCOUNTS = 320_000
MAX_HOPS = 14


class PaymentGraph:
    """Who paid whom, as one flat array with offsets."""

    def __init__(self, accounts, seed):
        rng = random.Random(seed)
        self.offsets = array("I", [0])
        self.targets = array("I")
        for account in range(accounts):
            for _ in range(min(9, int(rng.expovariate(0.3)))):
                near = account + int(rng.gauss(0, 40000))
                self.targets.append(near % accounts)
            self.offsets.append(len(self.targets))

    def paid_to(self, account):
        for i in range(self.offsets[account], self.offsets[account + 1]):
            yield self.targets[i]


class Watchlist:
    def __init__(self, accounts, seed):
        rng = random.Random(seed)
        self.flagged = sorted(rng.sample(range(accounts), 5))
        self.cash_out = set(rng.sample(range(accounts), 3))

    def is_cash_out(self, account):
        return account in self.cash_out


class ChainFinder:
    def __init__(self, graph, watchlist, mode):
        self.graph, self.watchlist = graph, watchlist
        self.search = self._search_bad if mode == "bad" else self._search_good
        self.visited = 0

    def _search_bad(self, start):
        done = bytearray(ACCOUNTS)
        done[start] = 1
        queue = deque([(start, [start], frozenset([start]))])
        while queue:
            account, path, seen = queue.popleft()
            self.visited += 1
            if self.watchlist.is_cash_out(account):
                return path
            if len(path) > MAX_HOPS:
                continue
            for nxt in self.graph.paid_to(account):
                if nxt not in seen and not done[nxt]:
                    done[nxt] = 1
                    queue.append((nxt, path + [nxt], seen | {nxt}))
        return None

    def _search_good(self, start):
        parent = array("i", [-1]) * ACCOUNTS
        hops = bytearray(ACCOUNTS)
        parent[start] = start
        queue = deque([start])
        while queue:
            account = queue.popleft()
            self.visited += 1
            if self.watchlist.is_cash_out(account):
                return self._walk_back(parent, account)
            if hops[account] >= MAX_HOPS:
                continue
            for nxt in self.graph.paid_to(account):
                if parent[nxt] < 0:
                    parent[nxt] = account
                    hops[nxt] = hops[account] + 1
                    queue.append(nxt)
        return None

    @staticmethod
    def _walk_back(parent, account):
        path = [account]
        while parent[account] != account:
            account = parent[account]
            path.append(account)
        return path[::-1]


class CaseFile:
    def __init__(self):
        self.chains = {}

    def add(self, start, chain):
        self.chains[start] = chain

    def summary(self):
        found = {s: c for s, c in self.chains.items() if c}
        return len(found), sum(len(c) for c in found.values()), sum(sum(c) for c in found.values()) % 1_000_003


def investigate(finder, watchlist):
    case = CaseFile()
    for start in watchlist.flagged:
        case.add(start, finder.search(start))
    return case


def main(mode):
    graph = PaymentGraph(ACCOUNTS, 71)
    watchlist = Watchlist(ACCOUNTS, 72)
    finder = ChainFinder(graph, watchlist, mode)
    case = investigate(finder, watchlist)
    print("chains, hops, check", *case.summary(), "visited", finder.visited, "edges", len(graph.targets))
    return finder, case


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
