"""Catalogue import with Django models: a feed of articles is cleaned and bulk loaded into SQLite."""
import json
import os
import random
import sys
import tempfile

import django
from django.conf import settings

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
FEED = os.path.join(BASE, "r_articles.jsonl")
TARGET = os.path.join(BASE, f"r_catalog-{ARM}.db")


def write_feed():
    rng = random.Random(21)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwz", k=rng.randrange(3, 11))) for _ in range(3000)]
    with open(FEED + ".part", "w") as out:
        for n in range(40000):
            out.write(json.dumps({"sku": f"A{n:06d}", "title": " ".join(rng.choices(words, k=6)).title(),
                                  "text": "  " + " ".join(rng.choices(words, k=rng.randrange(50, 240))),
                                  "cents": rng.randrange(99, 99999)}) + "\n")
    os.rename(FEED + ".part", FEED)


def ensure_feed():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(FEED):
        pid = os.fork()
        if pid == 0:
            write_feed()
            os._exit(0)
        os.waitpid(pid, 0)


def base_settings():
    return {"INSTALLED_APPS": [], "USE_TZ": True,
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
            "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": TARGET}}}


def batch_settings_bad():
    return dict(base_settings(), DEBUG=True, LOGGING_CONFIG=None)


def batch_settings_good():
    return dict(base_settings(), DEBUG=False, LOGGING_CONFIG=None)


ensure_feed()
settings.configure(**(batch_settings_bad() if ARM == "bad" else batch_settings_good()))
django.setup()

from django.db import connection, models, transaction  # noqa: E402


class Article(models.Model):
    sku = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    cents = models.IntegerField()

    class Meta:
        app_label = "catalog"


def clean(line):
    raw = json.loads(line)
    return Article(sku=raw["sku"], title=raw["title"].strip(), text=raw["text"].strip(), cents=raw["cents"])


def batches(path, size):
    batch = []
    with open(path) as lines:
        for line in lines:
            batch.append(clean(line))
            if len(batch) == size:
                yield batch
                batch = []
    if batch:
        yield batch


class Importer:
    def __init__(self, size=200):
        self.size = size
        self.count = 0

    def store(self, batch):
        with transaction.atomic():
            Article.objects.bulk_create(batch)
        self.count += len(batch)

    def run(self, path):
        for batch in batches(path, self.size):
            self.store(batch)


def main():
    if os.path.exists(TARGET):
        os.remove(TARGET)
    with connection.schema_editor() as editor:
        editor.create_model(Article)
    importer = Importer()
    importer.run(FEED)
    totals = Article.objects.aggregate(models.Sum("cents"), models.Count("id"))
    print("imported", importer.count, "rows", totals["id__count"], "cents", totals["cents__sum"])
    return importer


if __name__ == "__main__":
    importer = main()
