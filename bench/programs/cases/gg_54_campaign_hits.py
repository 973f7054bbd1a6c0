"""Reads the query strings of a web log for a report on campaigns."""
import collections
import random
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from harness import CASES, D, case, fixture, run


def build(path):
    rng = random.Random(54)
    campaigns = [f"spring sale {n}" for n in range(40)]
    with open(path, "w") as out:
        for _ in range(110_000):
            out.write(urlencode({"utm_source": rng.choice(("newsletter", "search", "partner", "social")),
                                 "utm_campaign": rng.choice(campaigns),
                                 "landing_page": f"/shop/{rng.randrange(300)}",
                                 "visitor_number": rng.randrange(10**8),
                                 "order_cents": rng.randrange(10**5)}) + "\n")


def queries(path):
    with open(path) as log:
        for line in log:
            yield line.rstrip("\n")


class Hits:
    """All hits of the day, for ad hoc questions."""

    def __init__(self):
        self.rows = []

    def parse(self, query):
        raise NotImplementedError

    def turnover(self):
        raise NotImplementedError

    @classmethod
    def load(cls, path):
        hits = cls()
        for query in queries(path):
            hits.rows.append(hits.parse(query))
        return hits


class MappedHits(Hits):
    def parse(self, query):
        return dict(parse_qsl(query))

    def turnover(self):
        sums = collections.Counter()
        for row in self.rows:
            sums[row["utm_campaign"]] += int(row["order_cents"])
        return sums


@dataclass(slots=True)
class Hit:
    source: str
    campaign: str
    page: str
    visitor: int
    cents: int


class RecordHits(Hits):
    def __init__(self):
        super().__init__()
        self._texts = {}

    def _text(self, value):
        return self._texts.setdefault(value, value)

    def parse(self, query):
        fields = dict(parse_qsl(query))
        return Hit(self._text(fields["utm_source"]), self._text(fields["utm_campaign"]),
                   self._text(fields["landing_page"]), int(fields["visitor_number"]), int(fields["order_cents"]))

    def turnover(self):
        sums = collections.Counter()
        for row in self.rows:
            sums[row.campaign] += row.cents
        return sums


def report(hits_class):
    hits = hits_class.load(fixture("f6_hits.log", build))
    return hits, hits.turnover()


@case('54 keys of a query string per line')
class _:
    def setup():
        fixture("f6_hits.log", build)

    def bad():
        return report(MappedHits)

    def good():
        return report(RecordHits)


if __name__ == "__main__":
    kept = run()
