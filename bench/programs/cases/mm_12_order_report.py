import sqlite3

import django
from django.conf import settings

from harness import case, fixture, run


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table shop_order (id integer primary key, customer text, address text, cents integer)")
    db.executemany("insert into shop_order values (?, ?, ?, ?)",
                   ((i, "customer %d" % i, "%d Long Street, Springfield" % i, i % 9973) for i in range(120_000)))
    db.commit()
    db.close()


settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": fixture("mm12-shop.sqlite", build)}},
    INSTALLED_APPS=[], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
django.setup()

from django.db import models


class Order(models.Model):
    customer = models.TextField()
    address = models.TextField()
    cents = models.IntegerField()

    class Meta:
        app_label = "shop"


def add_up(orders):
    cents = 0
    for order in orders:
        if order.customer.endswith("7"):
            cents += order.cents
    print("cents", cents)


@case("mm 12 order report")
class _:
    def bad():
        orders = Order.objects.order_by("id")
        add_up(orders)

    def good():
        orders = Order.objects.order_by("id").iterator(chunk_size=2000)
        add_up(orders)


if __name__ == "__main__":
    kept = run()
