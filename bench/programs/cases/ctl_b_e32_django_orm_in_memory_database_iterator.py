import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E32 django orm, in-memory database, iterator')
class _:
    def setup():
        import django
        from django.conf import settings
        settings.configure(DEBUG=False,DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':':memory:'}},USE_TZ=False,DEFAULT_AUTO_FIELD='django.db.models.BigAutoField')
        django.setup()
    def good():
        from django.db import models, connection
        import random, zlib
        class Letter(models.Model):
            sender=models.IntegerField(db_index=True); day=models.IntegerField(); body=models.BinaryField()
            class Meta: app_label='post'
        with connection.schema_editor() as ed: ed.create_model(Letter)
        r=random.Random(32)
        for lo in range(0,24_000,500):
            Letter.objects.bulk_create([Letter(sender=r.randrange(3000),day=lo//500,body=r.randbytes(r.randrange(700,1600))) for _ in range(500)])
        crc=0
        for body in Letter.objects.order_by('day').values_list('body',flat=True).iterator(chunk_size=500): crc^=zlib.crc32(body)
        n=sum(len(x.body) for s in range(300) for x in Letter.objects.filter(sender=s).only('body'))
        days=list(Letter.objects.values('day').annotate(c=models.Count('id'),m=models.Max('sender')))
        return connection,crc,n,days


if __name__ == "__main__":
    kept = run()
