"""Loyalty points ledger on Django: books card transactions in batches, answers balances."""
import json
import os
import random
import shutil
import sys
import tempfile
import django
from django.conf import settings

MODE = sys.argv[1] if len(sys.argv) > 1 else "bad"
WORK = tempfile.mkdtemp(prefix="zz-loyalty-")
BATCH = 80
BATCHES = 520


def site_settings_bad():
    return {"DEBUG": True}


def site_settings_good():
    return {"DEBUG": False}


def configure():
    site = site_settings_bad() if MODE == "bad" else site_settings_good()
    settings.configure(
        **site,
        INSTALLED_APPS=[],
        USE_TZ=False,
        LOGGING_CONFIG=None,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(WORK, "ledger.db")}},
    )
    django.setup()


configure()
from django.db import connection, models, transaction  # noqa: E402


class Entry(models.Model):
    card = models.IntegerField(db_index=True)
    points = models.IntegerField()
    receipt = models.TextField()

    class Meta:
        app_label = "loyalty"
        db_table = "entry"


class ReceiptFeed:
    """The tills of the shops: receipts with their lines as JSON."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def _lines(self):
        rng = self.rng
        for _ in range(rng.randint(12, 40)):
            yield {"ean": rng.randrange(10**12, 10**13), "qty": rng.randint(1, 6), "cents": rng.randint(40, 9000)}

    def receipts(self, n):
        for _ in range(n):
            lines = list(self._lines())
            total = sum(line["qty"] * line["cents"] for line in lines)
            yield self.rng.randrange(1, 6000), total // 100, json.dumps(lines)


class Ledger:
    def __init__(self):
        self.booked = 0

    def install(self):
        with connection.schema_editor() as editor:
            editor.create_model(Entry)

    def _store(self, entries):
        Entry.objects.bulk_create(entries)

    def book(self, receipts):
        entries = [Entry(card=c, points=p, receipt=r) for c, p, r in receipts]
        with transaction.atomic():
            self._store(entries)
        self.booked += len(entries)

    def balance(self, card):
        total = Entry.objects.filter(card=card).aggregate(total=models.Sum("points"))["total"]
        return total or 0


class Nightly:
    def __init__(self, ledger, feed):
        self.ledger, self.feed = ledger, feed
        self.asked = 0

    def run(self, batches):
        for number in range(batches):
            self.ledger.book(self.feed.receipts(BATCH))
            if number % 10 == 0:
                self.asked += self.ledger.balance(1 + number * 7 % 6000)


def main():
    ledger = Ledger()
    ledger.install()
    job = Nightly(ledger, ReceiptFeed(8))
    job.run(BATCHES)
    total = Entry.objects.aggregate(total=models.Sum("points"))["total"]
    print("booked", ledger.booked, "points", total, "asked", job.asked)
    shutil.rmtree(WORK, ignore_errors=True)
    return job


if __name__ == "__main__":
    STATE = main()
