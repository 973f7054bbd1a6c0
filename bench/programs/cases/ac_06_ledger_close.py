"""Closes the month: goes over every entry of the ledger and adds up the accounts."""
import sqlite3
from decimal import Decimal

import django
from django.conf import settings

from harness import case, fixture, run

ENTRIES = 130_000


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table ledger_entry (id integer primary key, account text not null, "
               "cents integer not null, memo text not null)")
    rows = ((n, f"{4000 + n * 31 % 60}", n * 7919 % 20_000 - 9000,
             f"invoice {n:07d} of customer {n * 13 % 9000:05d}, posted by batch {n // 500}")
            for n in range(1, ENTRIES + 1))
    db.executemany("insert into ledger_entry values (?, ?, ?, ?)", rows)
    db.commit()
    db.close()


PATH = fixture("ac_06_ledger.sqlite", build)
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": PATH}},
    INSTALLED_APPS=[], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True)
django.setup()

from django.db import models  # noqa: E402


class Entry(models.Model):
    account = models.CharField(max_length=12)
    cents = models.IntegerField()
    memo = models.TextField()

    class Meta:
        app_label = "ledger"
        db_table = "ledger_entry"

    @property
    def is_credit(self):
        return self.cents < 0


class Closing:
    def __init__(self):
        self.balances = {}
        self.credits = 0
        self.last_memo = ""

    def post(self, entry):
        self.balances[entry.account] = self.balances.get(entry.account, 0) + entry.cents
        self.credits += entry.is_credit
        self.last_memo = entry.memo

    def __str__(self):
        total = Decimal(sum(self.balances.values())) / 100
        return f"{len(self.balances)} accounts, {total} in all, {self.credits} credits; {self.last_memo}"


def close_month():
    closing = Closing()
    for entry in Entry.objects.order_by("id"):
        closing.post(entry)
    return closing


def close_month_streaming():
    closing = Closing()
    for entry in Entry.objects.order_by("id").iterator(chunk_size=1000):
        closing.post(entry)
    return closing


@case("ac 06 ledger close")
class _:
    def bad():
        closing = close_month()
        print(closing)
        return closing

    def good():
        closing = close_month_streaming()
        print(closing)
        return closing


if __name__ == "__main__":
    kept = run()
