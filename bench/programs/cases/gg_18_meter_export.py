import collections
import csv
import os
import random
import sqlite3

import django
from django.conf import settings

from harness import CASES, D, case, fixture, run


def build(path):
    rng = random.Random(11)
    db = sqlite3.connect(path)
    db.execute("create table reading (id integer primary key, meter text, quarter integer, "
               "kwh real, remark text)")
    db.executemany("insert into reading values (?,?,?,?,?)",
                   ((i, f"DE{rng.randrange(10**8):08d}", i % 35040, rng.uniform(0, 40),
                     f"read by {rng.randrange(5000)} on tour {rng.randrange(10**6)}") for i in range(60_000)))
    db.commit()
    db.close()


settings.configure(DEBUG=False, INSTALLED_APPS=[], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
                   DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                                          "NAME": os.path.join(D, "f6_meters.sqlite")}})
django.setup()

from django.db import models  # noqa: E402


class Reading(models.Model):
    meter = models.TextField()
    quarter = models.IntegerField()
    kwh = models.FloatField()
    remark = models.TextField()

    class Meta:
        app_label = "meters"
        db_table = "reading"
        managed = False


class Export:
    """The nightly hand-over of all readings as CSV, with a sum per meter region."""

    queryset = Reading.objects.filter(kwh__gt=0.5).order_by("id")

    def __init__(self, path):
        self.path = path
        self.sums = collections.defaultdict(float)

    def rows(self):
        raise NotImplementedError

    def write(self):
        with open(self.path, "w", newline="") as out:
            writer = csv.writer(out)
            for reading in self.rows():
                self.sums[reading.meter[:4]] += reading.kwh
                writer.writerow((reading.meter, reading.quarter, f"{reading.kwh:.3f}", reading.remark))
        return dict(self.sums)


class ExportSimple(Export):
    def rows(self):
        return iter(self.queryset)


class ExportChunked(Export):
    def rows(self):
        return self.queryset.iterator(chunk_size=2000)


def nightly(export_class):
    export = export_class(os.path.join(D, f"f6_{export_class.__name__}.csv"))
    try:
        return export.write()
    finally:
        os.remove(export.path)


@case('18 a class-level query set fills its result cache')
class _:
    def setup():
        fixture("f6_meters.sqlite", build)

    def bad():
        return nightly(ExportSimple)

    def good():
        return nightly(ExportChunked)


if __name__ == "__main__":
    kept = run()
