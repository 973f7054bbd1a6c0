import sqlite3
from collections import defaultdict

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


class Depot(models.Model):
    name = models.CharField(max_length=40)
    handling = models.TextField()

    class Meta:
        app_label = "picking"
        db_table = "depot"


class Parcel(models.Model):
    code = models.CharField(max_length=20)
    aisle = models.IntegerField()
    depot = models.ForeignKey(Depot, models.CASCADE)

    class Meta:
        app_label = "picking"
        db_table = "parcel"


def build(path):
    db = sqlite3.connect(path)
    db.execute("create table depot (id integer primary key, name text, handling text)")
    db.execute("create table parcel (id integer primary key, code text, aisle integer, depot_id integer)")
    for number in range(1, 41):
        rules = "\n".join(f"rule {rule}: dock {rule * number % 50}, stack {rule % 7} high" for rule in range(420))
        db.execute("insert into depot values (?, ?, ?)", (number, f"Depot {number:02d}", rules))
    db.executemany(
        "insert into parcel values (?, ?, ?, ?)",
        ((n, f"P{n * 7919 % 1_000_000:06d}", n % 90, n * 31 % 40 + 1) for n in range(1, 6_001)),
    )
    db.commit()
    db.close()


class PickingDay:
    """The parcels of the day, to be walked aisle by aisle and printed with the depot's rules."""

    def __init__(self, parcels):
        self.aisles = defaultdict(list)
        for parcel in parcels:
            self.aisles[parcel.aisle].append(parcel)

    def labels(self):
        for aisle in sorted(self.aisles):
            for parcel in self.aisles[aisle]:
                yield f"{parcel.code} {parcel.depot.name} {len(parcel.depot.handling)}"


def plan(path, parcels):
    settings.DATABASES["default"]["NAME"] = path
    day = PickingDay(parcels)
    print("aisles", len(day.aisles), "label length", sum(map(len, day.labels())))
    return day


@case("qq 18 picking day")
class _:
    def setup():
        _.path = fixture("qq_parcels.sqlite", build)

    def bad():
        return plan(_.path, Parcel.objects.select_related("depot"))

    def good():
        return plan(_.path, Parcel.objects.prefetch_related("depot"))


if __name__ == "__main__":
    kept = run()
