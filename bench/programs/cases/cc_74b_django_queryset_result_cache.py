import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('74b Django queryset result cache')
class _:
    def setup():
        import django
        from django.conf import settings
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':':memory:'}},DEFAULT_AUTO_FIELD='django.db.models.AutoField')
        django.setup()
        from django.db import models, connection
        class Book(models.Model):
            title=models.CharField(max_length=50); pages=models.IntegerField()
            class Meta: app_label='shop'
        with connection.schema_editor() as se: se.create_model(Book)
        for k in range(0,80_000,1000): Book.objects.bulk_create([Book(title=f'book {i}',pages=i%500) for i in range(k,k+1000)])
        CASES['74b Django queryset result cache'].Book=Book
    def bad():
        Book=CASES['74b Django queryset result cache'].Book; t=0
        for b in Book.objects.all(): t+=b.pages
        return t
    def good():
        Book=CASES['74b Django queryset result cache'].Book; t=0
        for b in Book.objects.all().iterator(chunk_size=1000): t+=b.pages
        return t


if __name__ == "__main__":
    kept = run()
