import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


MODELS = {}


def build_db(path):
    import sqlite3
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE forum_thread (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
    db.execute("CREATE TABLE forum_post (id INTEGER PRIMARY KEY, thread_id INTEGER NOT NULL,"
               " author TEXT NOT NULL, body TEXT NOT NULL)")
    db.execute("CREATE INDEX forum_post_thread ON forum_post (thread_id)")
    db.executemany("INSERT INTO forum_thread VALUES (?, ?)", ((n, f"Thread {n}") for n in range(1, 301)))
    db.executemany("INSERT INTO forum_post VALUES (?, ?, ?, ?)",
                   ((n, n * n % 300 + 1, f"member{n}", f"Answer {n}: " + "have you tried it again? " * 12)
                    for n in range(1, 60_001)))
    db.commit()
    db.close()


@case('23 posts prefetched to be counted')
class _:
    def setup():
        import types
        import django
        from django.conf import settings
        path = fixture("k_forum.db", build_db)
        forum = types.ModuleType("forum")
        forum.__file__ = __file__
        sys.modules["forum"] = forum
        settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
                           INSTALLED_APPS=["forum"], DEFAULT_AUTO_FIELD="django.db.models.AutoField", DEBUG=False)
        django.setup()
        from django.db import models

        class Thread(models.Model):
            title = models.TextField()

            class Meta:
                app_label = "forum"

        class Post(models.Model):
            thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
            author = models.TextField()
            body = models.TextField()

            class Meta:
                app_label = "forum"

        MODELS["Thread"] = Thread

    def bad():
        Thread = MODELS["Thread"]

        def overview():
            page = []
            for thread in Thread.objects.order_by("id").prefetch_related("posts"):
                page.append((thread.title, len(thread.posts.all())))
            return page

        page = overview()
        print(f"{len(page)} threads, {sum(count for _, count in page)} posts, first {page[0]}")
        return page

    def good():
        from django.db.models import Count
        Thread = MODELS["Thread"]

        def overview():
            page = []
            for thread in Thread.objects.order_by("id").annotate(post_count=Count("posts")):
                page.append((thread.title, thread.post_count))
            return page

        page = overview()
        print(f"{len(page)} threads, {sum(count for _, count in page)} posts, first {page[0]}")
        return page


if __name__ == "__main__":
    kept = run()
