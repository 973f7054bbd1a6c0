"""Web shop baskets: each change puts off the reminder mail of the basket; reminders live in a timer wheel on a heap."""
import heapq
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
DELAY = 6 * 3600


class Timer:
    __slots__ = ("due", "action", "live")

    def __init__(self, due, action):
        self.due = due
        self.action = action
        self.live = True

    def __lt__(self, other):
        return self.due < other.due


class Timers:
    def __init__(self):
        self.heap = []
        self.dead = 0
        self.fired = 0

    def start(self, due, action):
        timer = Timer(due, action)
        heapq.heappush(self.heap, timer)
        return timer

    def cancel(self, timer):
        if timer.live:
            timer.live = False
            self.dead += 1
            if ARM == "good":
                self.release_good(timer)

    def release_good(self, timer):
        timer.action = None
        if self.dead > 20 and self.dead * 8 > len(self.heap):
            self.heap = [t for t in self.heap if t.live]
            heapq.heapify(self.heap)
            self.dead = 0

    def advance(self, now):
        while self.heap and self.heap[0].due <= now:
            timer = heapq.heappop(self.heap)
            if timer.live:
                timer.live = False
                self.fired += 1
                timer.action()
            else:
                self.dead -= 1


class Mailer:
    def __init__(self):
        self.mails = 0
        self.letters = 0

    def compose(self, customer, lines):
        return f"Dear {customer},\n" + "\n".join(f"{qty} x {name} {cents / 100:.2f}" for name, qty, cents in lines)

    def remind(self, text):
        self.mails += 1
        self.letters += len(text)


class Basket:
    def __init__(self, customer):
        self.customer = customer
        self.lines = []
        self.timer = None


class Shop:
    def __init__(self):
        self.timers = Timers()
        self.mailer = Mailer()
        self.baskets = {}

    def put_off(self, basket, now):
        """The mail shall show the basket as it was at the last change."""
        if basket.timer is not None:
            self.timers.cancel(basket.timer)
        text = self.mailer.compose(basket.customer, basket.lines)
        basket.timer = self.timers.start(now + DELAY, lambda: self.expire(basket.customer, text))

    def expire(self, customer, text):
        self.mailer.remind(text)
        self.baskets.pop(customer, None)

    def change(self, customer, now, line):
        basket = self.baskets.get(customer)
        if basket is None:
            basket = self.baskets[customer] = Basket(customer)
        basket.lines.append(line)
        del basket.lines[:-40]
        self.put_off(basket, now)


def main():
    rng = random.Random(32)
    shop = Shop()
    now = 0.0
    names = [f"{rng.choice(['blue', 'warm', 'oak', 'steel'])} {rng.choice(['lamp', 'chair', 'pan', 'rug'])} {n}" for n in range(700)]
    for _ in range(70000):
        now += rng.expovariate(2.0)
        shop.timers.advance(now)
        customer = f"customer-{rng.randrange(1500) if rng.random() < 0.98 else rng.randrange(9000)}"
        line = (rng.choice(names), rng.randrange(1, 6), rng.randrange(99, 90000))
        shop.change(customer, now, line)
    print("changes 70000 mails", shop.mailer.mails, "letters", shop.mailer.letters, "baskets", len(shop.baskets),
          "waiting", sum(t.live for t in shop.timers.heap))
    return shop


if __name__ == "__main__":
    shop = main()
