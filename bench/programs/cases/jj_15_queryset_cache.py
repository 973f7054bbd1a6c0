import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def library(path):
    """A table of 65,000 books."""
    import random
    import sqlite3
    r = random.Random(44)
    con = sqlite3.connect(path)
    con.execute('create table shop_book (id integer primary key, title text, author text, isbn text, price real, '
                'stock integer, remark text)')
    con.executemany('insert into shop_book values (?,?,?,?,?,?,?)',
                    ((k, f'title {k} {r.randbytes(12).hex()}', f'author {r.randrange(10**6)}',
                      f'978{r.randrange(10**10):010d}', r.random() * 90, r.randrange(200),
                      r.randbytes(90).hex()) for k in range(1, 65_001)))
    con.commit()
    con.close()


class Export:
    """Writes the rows of a queryset as CSV."""
    fields = ('id', 'title', 'author', 'isbn', 'price', 'stock', 'remark')

    def __init__(self):
        self.rows = 0
        self.check = 0

    def write(self, book):
        import zlib
        line = ','.join(str(getattr(book, field)) for field in self.fields)
        self.check = zlib.crc32(line.encode(), self.check)
        self.rows += 1


@case('67 queryset caches every row of an export')
class _:
    def setup():
        global Book
        import zlib
        import django
        from django.conf import settings
        path = fixture('jj_library_65k.sqlite', library)
        settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': path}},
                           INSTALLED_APPS=[], DEFAULT_AUTO_FIELD='django.db.models.AutoField')
        django.setup()
        from django.db import models

        class Book(models.Model):
            title = models.TextField()
            author = models.TextField()
            isbn = models.TextField()
            price = models.FloatField()
            stock = models.IntegerField()
            remark = models.TextField()

            class Meta:
                app_label = 'shop'
        Export().write(Book.objects.order_by('id').first())
    def bad():
        export = Export()
        queryset = Book.objects.order_by('id')
        for book in queryset:
            export.write(book)
        return export.rows, export.check
    def good():
        export = Export()
        queryset = Book.objects.order_by('id')
        for book in queryset.iterator(chunk_size=2000):
            export.write(book)
        return export.rows, export.check


if __name__ == "__main__":
    kept = run()
