import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import random, sqlite3
    r, db = random.Random(18), sqlite3.connect(path)
    db.execute('create table shop_order (id integer primary key, customer text, city text, cents integer, note text)')
    db.executemany('insert into shop_order values (?,?,?,?,?)', (
        (i, f'customer-{r.randrange(5000)}', r.choice(('Oslo', 'Bergen', 'Tromso', 'Bodo')), r.randrange(100, 90_000),
         ' '.join(f'{r.getrandbits(32):x}' for _ in range(12))) for i in range(60_000)))
    db.commit()
    db.close()


def orders():
    from django.db import models
    class Order(models.Model):
        customer, city = models.TextField(), models.TextField()
        cents, note = models.IntegerField(), models.TextField()
        class Meta:
            app_label, db_table, managed = 'shop', 'shop_order', False
    return Order


class Report:
    def __init__(self, orders):
        self.orders, self.by_city = orders, {}

    def add(self, o):
        self.by_city[o.city] = self.by_city.get(o.city, 0) + o.cents


@case('18 evaluated QuerySet keeps its result cache')
class _:
    def setup():
        path = fixture('ii_orders.sqlite', build)
        import django
        from django.conf import settings
        settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': path}})
        django.setup()
        _.model = orders()
    def bad():
        rep = Report(_.model.objects.filter(cents__gte=500).order_by('id'))
        for o in rep.orders:
            rep.add(o)
        return rep
    def good():
        rep = Report(_.model.objects.filter(cents__gte=500).order_by('id'))
        for o in rep.orders.iterator(chunk_size=1000):
            rep.add(o)
        return rep


if __name__ == "__main__":
    kept = run()
