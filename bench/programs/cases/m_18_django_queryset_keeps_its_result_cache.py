import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 Django queryset keeps its result cache')
class _:
    def setup():
        import django
        from django.conf import settings
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':':memory:'}},USE_TZ=False); django.setup()
        from django.db import models, connection
        class Event(models.Model):
            name=models.CharField(max_length=100); size=models.IntegerField()
            class Meta: app_label='app'
        CASES['18 Django queryset keeps its result cache'].Event=Event
        with connection.schema_editor() as ed: ed.create_model(Event)
        with connection.cursor() as c: c.executemany('insert into app_event(name,size) values(%s,%s)',((f'event-{i}',i) for i in range(150_000)))
    def bad():
        events=CASES['18 Django queryset keeps its result cache'].Event.objects.all(); total=0
        for e in events: total+=e.size
        return events,total
    def good():
        events=CASES['18 Django queryset keeps its result cache'].Event.objects.all(); total=0
        for e in events.iterator(chunk_size=1000): total+=e.size
        return events,total


if __name__ == "__main__":
    kept = run()
