"""Exports the orders of a shop as CSV."""
import csv
import io
import sqlite3
import zlib

import django
from django.conf import settings

from harness import D, case, fixture, run

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{D}/ww_18_orders.db"}},
    INSTALLED_APPS=[], USE_TZ=False,
)
django.setup()

from django.db import models  # noqa: E402


class Order(models.Model):
    customer = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    cents = models.IntegerField()
    status = models.CharField(max_length=20)
    Meta = type("Meta", (), {"app_label": "shop", "db_table": "orders"})


def make_database(path, rows=60_000):
    base = sqlite3.connect(path)
    base.execute("create table orders (id integer primary key, customer text, address text,"
                 " cents integer, status text)")
    base.executemany("insert into orders values (?, ?, ?, ?, ?)", (
        (n, f"customer {n % 900}", f"{n} Long Street, house {n % 77}, Some Town", n * 37 % 90_000, "paid")
        for n in range(1, rows + 1)))
    base.commit()
    base.close()


class Checksum(io.TextIOBase):
    value = size = 0

    def write(self, text):
        data = text.encode()
        self.value = zlib.crc32(data, self.value)
        self.size += len(data)
        return len(text)


class OrderExport:
    fields = ["id", "customer", "address", "cents", "status"]

    def get_queryset(self):
        return Order.objects.filter(status="paid").order_by("id")

    def rows(self):
        return self.get_queryset()

    def write(self, out):
        writer = csv.writer(out)
        writer.writerow(self.fields)
        for order in self.rows():
            writer.writerow([getattr(order, name) for name in self.fields])


class LargeOrderExport(OrderExport):
    def rows(self):
        return self.get_queryset().iterator(chunk_size=500)


def export(job):
    fixture("ww_18_orders.db", make_database)
    out = Checksum()
    job.write(out)
    print(out.size, out.value)
    return out.size


@case("ww 18 order export")
class _:
    def bad():
        return export(OrderExport())

    def good():
        return export(LargeOrderExport())


if __name__ == "__main__":
    kept = run()
