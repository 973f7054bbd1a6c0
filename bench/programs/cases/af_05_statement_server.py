"""Serves account statements: each is rendered to a printable text when first asked for."""
from datetime import date, timedelta
from hashlib import blake2b

from cachetools import LRUCache

from harness import case, run

START = date(2024, 1, 1)
SHOPS = ["bakery", "railway", "grocer", "pharmacy", "cinema", "bookshop", "petrol", "insurance", "rent"]


class Ledger:
    """Bookings of the accounts; business accounts have far more of them."""

    def __init__(self, accounts):
        self.accounts = accounts

    def size(self, account):
        return 2200 + account % 900 if account % 4 == 3 else 12 + account % 25

    def bookings(self, account):
        for n in range(self.size(account)):
            cents = (account * 7919 + n * 104729) % 90_000 - 45_000
            yield START + timedelta(days=(n * 3 + account) % 366), SHOPS[(n + account) % 9], cents


class Renderer:
    WIDTH = 72

    def __init__(self, ledger):
        self.ledger = ledger

    def line(self, when, shop, cents):
        return f"{when.isoformat()}  {shop:<28}{cents / 100:>14.2f}".ljust(self.WIDTH)

    def render(self, account):
        rows = sorted(self.ledger.bookings(account))
        body = [f"Account {account:08d}".center(self.WIDTH)]
        body += [self.line(*row) for row in rows]
        body.append(f"{'Balance':<40}{sum(r[2] for r in rows) / 100:>14.2f}")
        return "\n".join(body).encode("latin-1")


def recent():
    """The pages that were printed last."""
    return LRUCache(maxsize=2000)


def recent_pages(budget=6_000_000):
    return LRUCache(maxsize=budget, getsizeof=len)


class Statements:
    def __init__(self, renderer, pages):
        self.renderer = renderer
        self.pages = pages

    def get(self, account):
        try:
            return self.pages[account]
        except KeyError:
            page = self.renderer.render(account)
            self.pages[account] = page
            return page


def visits(accounts, count):
    """Which account is asked for, request by request: half of them come from a few regular readers."""
    for i in range(count):
        yield (i * 6007) % accounts if i % 2 else (i * 5) % 40


def answer(pages):
    statements = Statements(Renderer(Ledger(1600)), pages)
    sent, digest = 0, blake2b(digest_size=8)
    for account in visits(1600, 1800):
        page = statements.get(account)
        sent += len(page)
        digest.update(page[-60:])
    print("bytes sent", sent)
    print("digest", digest.hexdigest())
    return statements


@case("af 05 statement server")
class _:
    def bad():
        return answer(recent())

    def good():
        return answer(recent_pages())


if __name__ == "__main__":
    kept = run()
