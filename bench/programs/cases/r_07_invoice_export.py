"""Nightly export command of a Django billing app: writes overdue invoices to CSV and totals them."""
import csv
import os
import random
import sqlite3
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal

import django
from django.conf import settings

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
DATABASE = os.path.join(CASES, "ss-billing.sqlite3")
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE}},
    INSTALLED_APPS=[], USE_TZ=False, DEFAULT_AUTO_FIELD="django.db.models.AutoField")
django.setup()
from django.db import models  # noqa: E402


class Invoice(models.Model):
    number = models.CharField(max_length=20)
    customer = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    due = models.DateField()
    paid = models.BooleanField()
    memo = models.TextField()

    class Meta:
        app_label = "billing"
        db_table = "invoice"


def write_database(path):
    rng = random.Random(707)
    words = ["".join(rng.choices("aeiourstlnmdk", k=rng.randint(3, 9))) for _ in range(4000)]
    db = sqlite3.connect(path)
    db.execute("create table invoice (id integer primary key, number text, customer text,"
               " amount decimal, due date, paid bool, memo text)")
    for i in range(60000):
        due = date(2025, 1, 1) + timedelta(days=rng.randint(0, 360))
        db.execute("insert into invoice values (?,?,?,?,?,?,?)", (
            i, "INV-%07d" % (i * 7 + rng.randint(0, 6)), " ".join(rng.choices(words, k=2)).title(),
            "%.2f" % rng.uniform(5, 9000), due.isoformat(), rng.random() < 0.3,
            " ".join(rng.choices(words, k=rng.randint(20, 70)))))
    db.commit()
    db.close()


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class OverdueQuery:
    def __init__(self, today):
        self.today = today

    def queryset(self):
        return Invoice.objects.filter(paid=False, due__lt=self.today).order_by("id")

    def invoices_bad(self):
        found = self.queryset()
        if not found.exists():
            raise SystemExit("nothing is overdue")
        return found

    def invoices_good(self):
        found = self.queryset()
        if not found.exists():
            raise SystemExit("nothing is overdue")
        return found.iterator(chunk_size=500)


class LateFee:
    rate = Decimal("0.0004")

    def apply(self, invoice, today):
        return (invoice.amount * self.rate * (today - invoice.due).days).quantize(Decimal("0.01"))


class CsvReport:
    def __init__(self, stream):
        self.writer = csv.writer(stream)
        self.fees = Decimal(0)
        self.rows = 0

    def add(self, invoice, fee):
        self.writer.writerow([invoice.number, invoice.customer, invoice.amount, fee, invoice.memo])
        self.fees += fee
        self.rows += 1


class Command:
    def __init__(self, mode):
        self.today = date(2025, 12, 1)
        query = OverdueQuery(self.today)
        self.source = query.invoices_bad if mode == "bad" else query.invoices_good
        self.fee = LateFee()

    def handle(self, stream):
        report = CsvReport(stream)
        for invoice in self.source():
            report.add(invoice, self.fee.apply(invoice, self.today))
        return report


def main(mode):
    ensure_input(DATABASE, write_database)
    with tempfile.TemporaryFile("w+", newline="") as stream:
        report = Command(mode).handle(stream)
        print("exported %d invoices, %d characters, fees %s" % (report.rows, stream.tell(), report.fees))


if __name__ == "__main__":
    main(sys.argv[1])
