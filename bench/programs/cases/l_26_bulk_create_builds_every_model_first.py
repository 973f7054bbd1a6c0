import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


MODELS = {}


def configure():
    import django
    from django.conf import settings
    settings.configure(
        INSTALLED_APPS=[], USE_TZ=True, DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
        DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3',
                               'NAME': os.path.join(tempfile.mkdtemp(dir=D), 'l_meters.db')}})
    django.setup()
    from django.db import connection, models

    class Reading(models.Model):
        meter = models.CharField(max_length=20)
        day = models.IntegerField()
        value = models.FloatField()

        class Meta:
            app_label = 'meters'

    with connection.schema_editor() as editor:
        editor.create_model(Reading)
    MODELS['Reading'] = Reading


@case('26 bulk create builds every model first')
class _:
    def setup():
        configure()

    def bad():
        from django.db.models import Sum

        Reading = MODELS['Reading']

        def rows(count):
            for n in range(count):
                yield f'M{n % 500:05d}', n // 500, n * 37 % 1000 / 10

        def import_readings(count):
            readings = [Reading(meter=meter, day=day, value=value) for meter, day, value in rows(count)]
            Reading.objects.bulk_create(readings, batch_size=300)

        import_readings(80_000)
        print(Reading.objects.count(), 'readings', round(Reading.objects.aggregate(s=Sum('value'))['s'], 1))
        return Reading

    def good():
        from itertools import islice
        from django.db import transaction
        from django.db.models import Sum

        Reading = MODELS['Reading']

        def rows(count):
            for n in range(count):
                yield f'M{n % 500:05d}', n // 500, n * 37 % 1000 / 10

        def import_readings(count):
            readings = (Reading(meter=meter, day=day, value=value) for meter, day, value in rows(count))
            with transaction.atomic():
                while batch := list(islice(readings, 300)):
                    Reading.objects.bulk_create(batch)

        import_readings(80_000)
        print(Reading.objects.count(), 'readings', round(Reading.objects.aggregate(s=Sum('value'))['s'], 1))
        return Reading


if __name__ == "__main__":
    kept = run()
