"""Fraud watch on a stream of card payments: sliding windows per card, rules on top, alerts out."""
import collections
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
SPAN = 900


class Payment:
    __slots__ = ("time", "card", "payee", "cents")

    def __init__(self, time, card, payee, cents):
        self.time = time
        self.card = card
        self.payee = payee
        self.cents = cents


class Windows:
    """The payments of the last minutes by account."""

    def __init__(self, span):
        self.span = span
        self.by_account = collections.defaultdict(list)

    def add(self, payment):
        window = self.by_account[payment.card]
        window.append((payment.time, payment.cents))
        self.expire(payment.card, window, payment.time)

    def expire(self, account, window, now):
        old = 0
        while old < len(window) and window[old][0] < now - self.span:
            old += 1
        del window[:old]

    def sweep(self, now):
        for account in [a for a, w in self.by_account.items() if w and w[-1][0] < now - self.span]:
            del self.by_account[account]

    def recent_bad(self, account, now):
        window = self.by_account[account]
        return sum(cents for time, cents in window if time >= now - self.span)

    def recent_good(self, account, now):
        window = self.by_account.get(account, ())
        return sum(cents for time, cents in window if time >= now - self.span)


class Rule:
    name = "rule"

    def hit(self, payment, windows):
        raise NotImplementedError


class Velocity(Rule):
    name = "velocity"

    def hit(self, payment, windows):
        return len(windows.by_account.get(payment.card, ())) > 4


class PassThrough(Rule):
    """Money goes to an account that has itself been paying out a lot just now."""
    name = "pass-through"

    def hit(self, payment, windows):
        recent = windows.recent_bad if ARM == "bad" else windows.recent_good
        return recent(payment.payee, payment.time) > 30000


class Watch:
    def __init__(self, rules):
        self.rules = rules
        self.windows = Windows(SPAN)
        self.alerts = collections.Counter()
        self.payments = 0

    def on_payment(self, payment):
        self.payments += 1
        self.windows.add(payment)
        for rule in self.rules:
            if rule.hit(payment, self.windows):
                self.alerts[rule.name] += 1
        if self.payments % 2000 == 0:
            self.windows.sweep(payment.time)


def stream(seed, count):
    rng = random.Random(seed)
    cards = [rng.randrange(10**12) for _ in range(6000)]
    now = 0.0
    for _ in range(count):
        now += rng.expovariate(2.5)
        card = rng.choice(cards[:300]) if rng.random() < 0.3 else rng.choice(cards)
        payee = rng.choice(cards) if rng.random() < 0.25 else rng.randrange(10**12)
        yield Payment(now, card, payee, int(rng.expovariate(1 / 4000)) + 100)


def main():
    watch = Watch([Velocity(), PassThrough()])
    for payment in stream(50, 400000):
        watch.on_payment(payment)
    active = sum(1 for w in watch.windows.by_account.values() if w)
    print("payments", watch.payments, "alerts", sorted(watch.alerts.items()), "active", active)
    return watch


if __name__ == "__main__":
    watch = main()
