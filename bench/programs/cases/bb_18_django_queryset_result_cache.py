import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 Django queryset result cache')
class _:
    def setup():
        import django
        from django.conf import settings
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':D+'/dj.db'}},DEFAULT_AUTO_FIELD='django.db.models.AutoField')
        django.setup()
        from django.db import models, connection
        class Doc(models.Model):
            body=models.TextField()
            class Meta: app_label='a'
        CASES['18 Django queryset result cache'].Doc=Doc
        if 'a_doc' not in connection.introspection.table_names():
            with connection.schema_editor() as s: s.create_model(Doc)
        if Doc.objects.count()!=30_000:
            Doc.objects.all().delete()
            for i in range(0,30_000,1000): Doc.objects.bulk_create([Doc(body=f'{j:05d}'*400) for j in range(i,i+1000)])
    def bad():
        qs=CASES['18 Django queryset result cache'].Doc.objects.all(); n=0
        for d in qs: n+=len(d.body)
        return qs,n
    def good():
        qs=CASES['18 Django queryset result cache'].Doc.objects.all(); n=0
        for d in qs.iterator(chunk_size=500): n+=len(d.body)
        return qs,n


if __name__ == "__main__":
    kept = run()
