import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('74 iterating a Django queryset caches it')
class _:
    def setup():
        from django.conf import settings
        settings.configure(DEBUG=False,DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':D+'/n_items.db'}})
        import django; django.setup()
        from django.db import models, connection
        global Item
        class Item(models.Model):
            name=models.CharField(max_length=100); note=models.TextField(); price=models.IntegerField()
            class Meta: app_label='shop'; db_table='item'
        if 'item' not in connection.introspection.table_names():
            with connection.schema_editor() as s: s.create_model(Item)
        if Item.objects.count()!=80_000:
            from django.db import transaction
            with transaction.atomic(), connection.cursor() as c:
                c.execute('delete from item')
                c.executemany('insert into item(name,note,price) values(%s,%s,%s)',((f'item{i}','n'*100,i) for i in range(80_000)))
    def bad():
        total=0; items=Item.objects.all()
        for item in items:
            total+=item.price+len(item.note)
        return items,total
    def good():
        total=0; items=Item.objects.all()
        for item in items.iterator(chunk_size=1000):
            total+=item.price+len(item.note)
        return items,total


if __name__ == "__main__":
    kept = run()
