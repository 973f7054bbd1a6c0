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
        DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}})
    django.setup()
    from django.db import connection, models

    class Document(models.Model):
        name = models.CharField(max_length=80)
        size = models.IntegerField()

        class Meta:
            app_label = 'archive'

    with connection.schema_editor() as editor:
        editor.create_model(Document)
    MODELS['Document'] = Document


def read_upload(number):
    return f'page {number} '.encode() * 40_000


@case('07 commit hooks hold every upload')
class _:
    def setup():
        configure()

    def bad():
        from functools import partial
        from django.db import transaction

        Document = MODELS['Document']
        words = {'indexed': 0}

        def index_text(pk, content):
            words['indexed'] += content.count(b'page')

        def import_folder(numbers):
            with transaction.atomic():
                for number in numbers:
                    content = read_upload(number)
                    document = Document.objects.create(name=f'scan-{number}.txt', size=len(content))
                    transaction.on_commit(partial(index_text, document.pk, content))

        import_folder(range(250))
        print(Document.objects.count(), 'documents', words['indexed'], 'words')
        return words

    def good():
        from functools import partial
        from django.db import transaction

        Document = MODELS['Document']
        words = {'indexed': 0}

        def index_text(pk, number):
            words['indexed'] += read_upload(number).count(b'page')

        def import_folder(numbers):
            with transaction.atomic():
                for number in numbers:
                    content = read_upload(number)
                    document = Document.objects.create(name=f'scan-{number}.txt', size=len(content))
                    transaction.on_commit(partial(index_text, document.pk, number))

        import_folder(range(250))
        print(Document.objects.count(), 'documents', words['indexed'], 'words')
        return words


if __name__ == "__main__":
    kept = run()
