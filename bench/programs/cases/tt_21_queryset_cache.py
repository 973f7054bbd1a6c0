import sqlite3

import django
from django.conf import settings
from harness import case, fixture, run


def build(path):
    rows = ((i, f"kind-{i % 20}", f"note {i:06d} " * 20) for i in range(50_000))
    with sqlite3.connect(path) as con:
        con.execute("create table event (id integer primary key, kind text, note text)")
        con.executemany("insert into event values (?, ?, ?)", rows)


PATH = fixture("tt21_event.db", build)
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": PATH}})
django.setup()
from django.db import models


class Event(models.Model):
    kind = models.TextField()
    note = models.TextField()

    class Meta:
        app_label, db_table = "shop", "event"


@case("tt 21 queryset cache")
class _:
    def bad():
        total = 0
        for event in Event.objects.order_by("id"):
            total += len(event.note) if event.kind == "kind-7" else 1
        print(total)

    def good():
        total = 0
        for event in Event.objects.order_by("id").iterator(chunk_size=200):
            total += len(event.note) if event.kind == "kind-7" else 1
        print(total)


if __name__ == "__main__":
    kept = run()
