"""Management command: works out loyalty points from every order of the shop."""
import sqlite3

import django
from django.conf import settings

from harness import case, fixture, run


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table shop_order (id integer primary key, customer_id integer, status text,"
               " reference text, total_cents integer, note text)")
    db.executemany("insert into shop_order values (?, ?, ?, ?, ?, ?)", (
        (n, n % 5000, ("paid", "open", "refunded")[n % 7 % 3], f"ORD-{n:09d}", n * 37 % 90_000,
         f"leave with the neighbour at number {n % 300}") for n in range(1, 100_001)))
    db.commit()
    db.close()


settings.configure(
    INSTALLED_APPS=[], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                           "NAME": fixture("ab_04_shop.sqlite3", build)}})
django.setup()

from django.db import models  # noqa: E402


class Order(models.Model):
    customer_id = models.IntegerField()
    status = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    total_cents = models.IntegerField()
    note = models.TextField()

    class Meta:
        app_label = "shop"
        db_table = "shop_order"
        managed = False

    def points(self):
        return self.total_cents // 100 if self.status == "paid" else 0


class PointsCommand:
    def __init__(self):
        self.points = {}

    def add(self, order):
        earned = order.points()
        if earned:
            self.points[order.customer_id] = self.points.get(order.customer_id, 0) + earned

    def report(self):
        best = max(self.points, key=lambda c: (self.points[c], c))
        print(f"{len(self.points)} customers, {sum(self.points.values())} points, best {best}")


@case("ab 04 loyalty points")
class _:
    def bad():
        command = PointsCommand()
        orders = Order.objects.order_by("id")
        for order in orders:
            command.add(order)
        command.report()

    def good():
        command = PointsCommand()
        orders = Order.objects.order_by("id")
        for order in orders.iterator(chunk_size=2000):
            command.add(order)
        command.report()


if __name__ == "__main__":
    kept = run()
