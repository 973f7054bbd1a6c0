import gc
import os
import shutil
import sqlite3
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_audit(path):
    db = sqlite3.connect(path)
    db.executescript('''
        CREATE TABLE audit_entry (id integer PRIMARY KEY, day integer, actor varchar(60), change text);
    ''')
    db.executemany('INSERT INTO audit_entry VALUES (?, ?, ?, ?)',
                   ((n, n // 200, f'clerk {n % 80}', f'field {n % 17} of file {n} was changed by hand; ' * 14)
                    for n in range(1, 60_001)))
    db.commit()
    db.close()


@case('23 delete collects every row')
class _:
    def setup():
        global Entry, scans, forget_scan
        path = os.path.join(D, 'j_23_work.sqlite3')
        shutil.copyfile(fixture('j_23_audit.sqlite3', build_audit), path)
        import django
        from django.conf import settings
        settings.configure(DEBUG=False, INSTALLED_APPS=[], USE_TZ=True, DATABASES={
            'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': path}})
        django.setup()
        from django.db import models
        from django.db.models.signals import post_delete
        from django.dispatch import receiver

        class Entry(models.Model):
            day = models.IntegerField()
            actor = models.CharField(max_length=60)
            change = models.TextField()

            class Meta:
                app_label = 'audit'

        scans = {number: f'scan {number}.pdf' for number in range(50, 60_001, 50)}

        @receiver(post_delete, sender=Entry)
        def forget_scan(sender, instance, **kwargs):
            scans.pop(instance.pk, None)

    def bad():
        def purge(before):
            _, deleted = Entry.objects.filter(day__lt=before).delete()
            return deleted

        deleted = purge(290)
        print(deleted['audit.Entry'], len(scans), Entry.objects.count())
        return deleted

    def good():
        import collections

        def purge(before, batch=2000):
            deleted = collections.Counter()
            while True:
                oldest = Entry.objects.filter(day__lt=before).order_by('pk').values_list('pk', flat=True)
                keys = list(oldest[:batch])
                if not keys:
                    return deleted
                deleted.update(Entry.objects.filter(pk__in=keys).delete()[1])

        deleted = purge(290)
        print(deleted['audit.Entry'], len(scans), Entry.objects.count())
        return deleted


if __name__ == "__main__":
    kept = run()
