"""Monthly account statements: subtotals per category are asked for by the summary and by the letter."""
from functools import lru_cache

from harness import case, run

CATEGORIES = ("fees", "transfers", "cards", "interest", "other")


def ledger(account, count=2400):
    for n in range(count):
        amount = ((account * 7919 + n * 104729) % 100_000) / 100
        yield CATEGORIES[(account + n) % len(CATEGORIES)], amount, f"ref-{account}-{n}"


class Statement:
    def __init__(self, account):
        self.account = account
        self.entries = list(ledger(account))

    @lru_cache(maxsize=None)
    def subtotal(self, category):
        return round(sum(amount for cat, amount, _ in self.entries if cat == category), 2)

    def summary(self):
        return {category: self.subtotal(category) for category in CATEGORIES}

    def letter(self):
        largest = max(CATEGORIES, key=self.subtotal)
        return f"Account {self.account}: {self.subtotal(largest):.2f} for {largest}"


class AccountStatement:
    def __init__(self, account):
        self.account = account
        self.entries = list(ledger(account))
        self._subtotals = {}

    def subtotal(self, category):
        if category not in self._subtotals:
            self._subtotals[category] = round(
                sum(amount for cat, amount, _ in self.entries if cat == category), 2)
        return self._subtotals[category]

    def summary(self):
        return {category: self.subtotal(category) for category in CATEGORIES}

    def letter(self):
        largest = max(CATEGORIES, key=self.subtotal)
        return f"Account {self.account}: {self.subtotal(largest):.2f} for {largest}"


def monthly_run(make, accounts):
    grand_total = 0.0
    letters = 0
    for account in accounts:
        statement = make(account)
        grand_total += sum(statement.summary().values())
        letters += len(statement.letter())
    print(f"{len(accounts)} statements, {grand_total:.2f} in total, {letters} characters of letters")


@case("ab 01 statements")
class _:
    def bad():
        monthly_run(Statement, range(1000, 1400))

    def good():
        monthly_run(AccountStatement, range(1000, 1400))


if __name__ == "__main__":
    kept = run()
