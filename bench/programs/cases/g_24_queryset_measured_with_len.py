import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 queryset measured with len')
class _:
    def setup():
        import sqlite3
        import django
        from django.conf import settings
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table shop_order(id integer primary key, state text, note text, total real)')
            db.executemany('insert into shop_order values(?,?,?,?)',((i,'open' if i%4 else 'paid',f'note {i} '*8,i*0.5) for i in range(120_000)))
            db.commit()
            db.close()
        path=fixture('shop120.db',build)
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':path}},INSTALLED_APPS=[],DEBUG=False)
        django.setup()
        global Order
        from django.db import models
        class Order(models.Model):
            state=models.CharField(max_length=20)
            note=models.TextField()
            total=models.FloatField()
            class Meta:
                app_label='shop'
                managed=False
        Order.objects.filter(state='x').count()
        list(Order.objects.all()[:1])
    def bad():
        def dashboard():
            pending=Order.objects.filter(state='open')
            return {'pending':len(pending)}
        print(dashboard())
    def good():
        def dashboard():
            pending=Order.objects.filter(state='open')
            return {'pending':pending.count()}
        print(dashboard())


if __name__ == "__main__":
    kept = run()
