"""Fraud rules engine: scores card payments with velocity, watch list and amount rules."""
import random
import sys
from collections import Counter, defaultdict, deque
from dataclasses import dataclass

ARM = sys.argv[1]
PAYMENTS = 45000
WINDOW = 86400


@dataclass(slots=True)
class Payment:
    card: str
    merchant: str
    category: str
    amount: float
    at: int


class PaymentStream:
    CATEGORIES = ("grocery", "fuel", "travel", "electronics", "gaming", "pharmacy")

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.cards = ["%016d" % self.random.randrange(10 ** 16) for _ in range(20000)]

    def __iter__(self):
        clock = 1_700_000_000
        for _ in range(PAYMENTS):
            clock += self.random.randint(0, 4)
            category = self.random.choice(self.CATEGORIES)
            card = self.cards[int(len(self.cards) * self.random.random() ** 1.3)]
            merchant = "%s-%03d" % (category, self.random.randrange(140))
            yield Payment(card, merchant, category, round(self.random.lognormvariate(3.4, 1.1), 2), clock)


class RiskyHistory:
    """The last risky payments of a card, per kind of merchant."""

    def __init__(self):
        self.recent = defaultdict(lambda: deque(maxlen=20))

    def note(self, payment):
        self.recent[payment.card, payment.category].append((payment.at, payment.amount))

    def _slot_bad(self, card, merchant):
        return self.recent[card, merchant]

    def _slot_good(self, card, merchant):
        return self.recent.get((card, merchant), ())

    _slot = _slot_bad if ARM == "bad" else _slot_good

    def within(self, card, category, now):
        return [amount for at, amount in self._slot(card, category) if now - at <= WINDOW]


class VelocityRule:
    name = "velocity"
    RELATED = {"travel": ("travel", "fuel"), "electronics": ("electronics", "gaming", "travel"),
               "gaming": ("gaming", "electronics"), "fuel": ("fuel", "travel", "grocery")}

    def score(self, payment, history):
        related = self.RELATED.get(payment.category, (payment.category, "gaming", "electronics"))
        amounts = [a for category in related for a in history.within(payment.card, category, payment.at)]
        return 40 if len(amounts) >= 2 or sum(amounts) > 250 else 0


class AmountRule:
    name = "amount"

    def score(self, payment, history):
        return 25 if payment.amount > 150 else 0


class WatchListRule:
    name = "watch list"

    def __init__(self, seed):
        rnd = random.Random(seed)
        self.merchants = {"%s-%03d" % (c, rnd.randrange(140)) for c in PaymentStream.CATEGORIES for _ in range(6)}

    def score(self, payment, history):
        return 30 if payment.merchant in self.merchants else 0


class Engine:
    def __init__(self):
        self.rules = [VelocityRule(), AmountRule(), WatchListRule(6)]
        self.history = RiskyHistory()
        self.hits = Counter()
        self.blocked = 0

    def _scores(self, payment):
        for rule in self.rules:
            if points := rule.score(payment, self.history):
                self.hits[rule.name] += 1
                yield points

    def decide(self, payment):
        total = sum(self._scores(payment))
        if total >= 25:
            self.history.note(payment)
        self.blocked += total >= 55
        return total


ENGINE = Engine()
points = 0
for payment in PaymentStream(606):
    points += ENGINE.decide(payment)
print("payments", PAYMENTS, "points", points, "blocked", ENGINE.blocked, sorted(ENGINE.hits.items()))
