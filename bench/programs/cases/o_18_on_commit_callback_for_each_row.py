import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 on_commit callback for each row')
class _:
    def setup():
        import django
        from django.conf import settings
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':':memory:'}}); django.setup()
    def bad():
        from django.db import transaction
        done=[0]
        def reindex(pk): done[0]+=1
        with transaction.atomic():
            for pk in range(150_000):
                transaction.on_commit(lambda pk=pk: reindex(pk))
        return done
    def good():
        from django.db import transaction
        from array import array
        done=[0]
        def reindex(pk): done[0]+=1
        with transaction.atomic():
            pks=array('l')
            transaction.on_commit(lambda: [None for pk in pks if reindex(pk)])
            for pk in range(150_000): pks.append(pk)
        return done


if __name__ == "__main__":
    kept = run()
