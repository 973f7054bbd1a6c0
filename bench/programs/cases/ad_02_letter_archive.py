"""A management command that copies scanned letters into the archive table."""
import atexit
import os
import shutil
import tempfile

import django
from django.conf import settings

from harness import case, run

LETTERS = 34_000
FOLDER = tempfile.mkdtemp(prefix="letters-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
settings.configure(
    DEBUG=True,
    USE_TZ=False,
    INSTALLED_APPS=[],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                           "NAME": os.path.join(FOLDER, "archive.sqlite3")}},
)
django.setup()

from django.db import connection, models, reset_queries  # noqa: E402


class Letter(models.Model):
    number = models.IntegerField()
    sender = models.CharField(max_length=80)
    body = models.TextField()
    class Meta:
        app_label = "archive"


class ScanFolder:
    PHRASES = ["with regard to your letter of the third", "we enclose the papers you asked for",
               "the committee met again on Tuesday", "kindly return the signed copy to us"]

    def batches(self, size):
        for first in range(0, LETTERS, size):
            yield [self.read(n) for n in range(first, min(first + size, LETTERS))]

    def read(self, number):
        sentences = [f"{self.PHRASES[(number + k) % 4]} (ref {number * 31 + k})." for k in range(32)]
        return Letter(number=number, sender=f"Office {number % 90}", body=" ".join(sentences))


class ImportLetters:
    def __init__(self, scans, batch_size=250):
        self.scans = scans
        self.batch_size = batch_size
        self.stored = 0

    def handle(self):
        for batch in self.scans.batches(self.batch_size):
            Letter.objects.bulk_create(batch)
            self.stored += len(batch)
            self.after_batch()

    def after_batch(self):
        pass


class ImportLettersTidy(ImportLetters):
    def after_batch(self):
        reset_queries()


def archive(command):
    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    job = command(ScanFolder())
    job.handle()
    latest = Letter.objects.latest("number")
    print(f"{job.stored} letters archived, last from {latest.sender}, {len(latest.body)} characters")
    return job


@case("ad 02 letter archive")
class _:
    def bad():
        return archive(ImportLetters)

    def good():
        return archive(ImportLettersTidy)


if __name__ == "__main__":
    kept = run()
