"""Web analytics: how many carts follow a product view of the same visitor within half an hour."""
import os
import random
import sys
import tempfile

import pandas as pd

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
EVENTS = os.path.join(FOLDER, "ww-events.csv")
WINDOW = 1800


def make_events(path):
    rnd = random.Random(65)
    with open(path + ".part", "w") as out:
        out.write("user,kind,at,channel\n")
        for user in range(4200):
            clock = 1_700_000_000 + rnd.randrange(86400)
            channel = rnd.choice(["ads", "mail", "search", "direct"])
            for _ in range(int(rnd.lognormvariate(3.2, 0.9))):
                clock += int(rnd.expovariate(1 / 2600)) + 1
                kind = rnd.choices(["view", "cart", "pay"], [70, 25, 5])[0]
                out.write("%d,%s,%d,%s\n" % (user * 31 + 7, kind, clock, channel))
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


class EventLog:
    def __init__(self, path):
        types = {"user": "int32", "kind": "category", "at": "int64", "channel": "category"}
        self.frame = pd.read_csv(path, dtype=types)

    def steps(self, kind):
        chosen = self.frame[self.frame["kind"] == kind]
        return chosen[["user", "at", "channel"]].sort_values("at", kind="stable")


def preceded_bad(carts, views):
    views = views[["user", "at"]].rename(columns={"at": "seen"})
    pairs = carts.merge(views, on="user")
    gap = pairs["at"] - pairs["seen"]
    pairs = pairs[(gap > 0) & (gap <= WINDOW)]
    return pairs.drop_duplicates(["user", "at"])[["user", "at", "channel"]]


def preceded_good(carts, views):
    views = views[["user", "at"]].rename(columns={"at": "seen"})
    last = pd.merge_asof(carts, views, left_on="at", right_on="seen", by="user",
                         tolerance=WINDOW, allow_exact_matches=False)
    return last[last["seen"].notna()][["user", "at", "channel"]]


preceded = preceded_bad if ARM == "bad" else preceded_good


class Funnel:
    STEPS = (("view", "cart"), ("cart", "pay"))

    def __init__(self, log):
        self.log = log
        self.rows = []

    def _step(self, before, after):
        candidates = self.log.steps(after)
        reached = preceded(candidates, self.log.steps(before))
        return len(candidates), reached

    def build(self):
        for before, after in self.STEPS:
            count, reached = self._step(before, after)
            channels = reached["channel"].value_counts().sort_index()
            self.rows.append((before, after, count, len(reached), channels.to_dict()))
        return self

    def lines(self):
        for before, after, count, reached, channels in self.rows:
            yield "%s>%s %d/%d %s" % (before, after, reached, count, sorted(channels.items()))


ensure(EVENTS, make_events)
LOG = EventLog(EVENTS)
FUNNEL = Funnel(LOG).build()
print("events", len(LOG.frame), *FUNNEL.lines())
