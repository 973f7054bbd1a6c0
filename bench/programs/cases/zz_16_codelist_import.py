import csv
import itertools
import os
import tempfile

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(tempfile.mkdtemp(), "codes.db")}},
    INSTALLED_APPS=[],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.db import connection, models  # noqa: E402

from harness import case, fixture, run  # noqa: E402


class Concept(models.Model):
    read_code = models.CharField(max_length=8)
    description = models.CharField(max_length=80)
    another_concept = models.CharField(max_length=8)
    depth = models.IntegerField()

    class Meta:
        app_label = "coding"


def build(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for number in range(52000):
            writer.writerow(["X%06x" % number, "finding of region %d, stage %d" % (number, number % 9), "Y%05x" % (number // 9), number % 12])


class CodelistImporter:
    def __init__(self, path):
        self.path = path

    def concepts(self):
        with open(self.path, newline="") as rows:
            for read_code, description, another, depth in csv.reader(rows):
                yield Concept(read_code=read_code, description=description, another_concept=another, depth=int(depth))

    def load(self):
        Concept.objects.bulk_create(self.concepts(), batch_size=999)


class BatchedImporter(CodelistImporter):
    def load(self):
        concepts = self.concepts()
        while batch := list(itertools.islice(concepts, 999)):
            Concept.objects.bulk_create(batch)


def handle(importer):
    with connection.schema_editor() as editor:
        editor.create_model(Concept)
    importer.load()
    totals = Concept.objects.aggregate(models.Count("id"), models.Sum("depth"))
    print(totals["id__count"], totals["depth__sum"])
    connection.close()
    os.remove(connection.settings_dict["NAME"])


@case("zz 16 codelist import")
class _:
    def bad():
        handle(CodelistImporter(fixture("zz_16_concepts.csv", build)))

    def good():
        handle(BatchedImporter(fixture("zz_16_concepts.csv", build)))


if __name__ == "__main__":
    kept = run()
