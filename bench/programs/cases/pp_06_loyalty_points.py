import sqlite3
from collections import Counter

import django
from django.conf import settings
from django.db import models

from harness import case, fixture, run

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

COLUMNS = "id integer primary key, member text, shop text, cents integer, kind text, note text"


class Purchase(models.Model):
    member = models.CharField(max_length=20)
    shop = models.CharField(max_length=40)
    cents = models.IntegerField()
    kind = models.CharField(max_length=10)
    note = models.TextField()

    class Meta:
        app_label = "loyalty"
        db_table = "purchase"

    @property
    def points(self):
        return self.cents // 100 * (2 if self.kind == "fresh" else 1)


def build(path):
    db = sqlite3.connect(path)
    db.execute(f"create table purchase ({COLUMNS})")
    db.executemany(
        "insert into purchase values (?, ?, ?, ?, ?, ?)",
        (
            (n, f"M{n * 7919 % 9000:06d}", f"Shop {n % 140:03d}", n * 31 % 9000,
             "fresh" if n % 3 else "dry", f"till {n % 11}, receipt {n:08d}")
            for n in range(1, 70_001)
        ),
    )
    db.commit()
    db.close()


def award_points(purchases):
    points = Counter()
    for purchase in purchases:
        points[purchase.member] += purchase.points
    return points


def monthly_run(path, purchases):
    settings.DATABASES["default"]["NAME"] = path
    points = award_points(purchases)
    print("members", len(points), "points", points.total(), points.most_common(2))
    return points


@case("pp 06 loyalty points")
class _:
    def setup():
        _.path = fixture("pp_purchases.sqlite", build)

    def bad():
        return monthly_run(_.path, Purchase.objects.order_by("id"))

    def good():
        return monthly_run(_.path, Purchase.objects.order_by("id").iterator(chunk_size=1000))


if __name__ == "__main__":
    kept = run()
