import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import random, sqlite3
    r = random.Random(9); db = sqlite3.connect(path)
    db.execute('create table shop_event (id integer primary key, kind varchar(20), amount integer, payload text)')
    db.executemany('insert into shop_event values (?,?,?,?)',
                   ((i, r.choice(('view', 'cart', 'order')), r.randrange(10_000), r.randbytes(200).hex()) for i in range(40_000)))
    db.commit(); db.close()


def shop():
    import django
    from django.conf import settings
    settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': fixture('c5_events.db', build)}},
                       INSTALLED_APPS=[], DEFAULT_AUTO_FIELD='django.db.models.AutoField')
    django.setup()
    from django.db import models
    class Event(models.Model):
        kind = models.CharField(max_length=20)
        amount = models.IntegerField()
        payload = models.TextField()
        class Meta: app_label = 'shop'
    return Event


def volume(events):
    total = {}
    for e in events:
        total[e.kind] = total.get(e.kind, 0) + e.amount + len(e.payload)
    return total


@case('18 queryset on the class keeps its result cache')
class _:
    def setup(): import django, django.db.models, sqlite3
    def bad():
        Event = shop()
        class Report:
            events = Event.objects.order_by('id')
            def totals(self):
                return volume(self.events)
        return Report, Report().totals()
    def good():
        Event = shop()
        class Report:
            events = Event.objects.order_by('id')
            def totals(self):
                return volume(self.events.iterator(chunk_size=1000))
        return Report, Report().totals()


if __name__ == "__main__":
    kept = run()
