import gc
import os
import sqlite3
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_pages(path):
    db = sqlite3.connect(path)
    db.execute('CREATE TABLE crawler_page (id integer PRIMARY KEY, url varchar(200), body text)')
    db.executemany('INSERT INTO crawler_page VALUES (?, ?, ?)',
                   [(n, f'https://shop.example/item/{n}', '') for n in range(50)])
    db.commit()
    db.close()


def fetch_body(page, visit):
    return f'<li data-page="{page}" data-visit="{visit}">in stock, ships within two days</li>\n' * 230


@case('09 debug query log of a crawler')
class _:
    def setup():
        global Page
        path = fixture('j_09_pages.sqlite3', build_pages)
        import django
        from django.conf import settings
        settings.configure(DEBUG=True, INSTALLED_APPS=[], USE_TZ=True, DATABASES={
            'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': path}})
        django.setup()
        from django.db import models

        class Page(models.Model):
            url = models.CharField(max_length=200)
            body = models.TextField()

            class Meta:
                app_label = 'crawler'

    def bad():
        from django.db import connection, transaction

        def refresh(round_number):
            stored = 0
            with transaction.atomic():
                for number in range(50):
                    body = fetch_body(number, round_number)
                    stored += Page.objects.filter(pk=number).update(body=body)
            return stored

        def crawl(rounds):
            stored = 0
            for round_number in range(rounds):
                stored += refresh(round_number)
            return stored

        print(crawl(90))
        return connection

    def good():
        from django.db import connection, reset_queries, transaction

        def refresh(round_number):
            stored = 0
            with transaction.atomic():
                for number in range(50):
                    body = fetch_body(number, round_number)
                    stored += Page.objects.filter(pk=number).update(body=body)
            return stored

        def crawl(rounds):
            stored = 0
            for round_number in range(rounds):
                stored += refresh(round_number)
                reset_queries()
            return stored

        print(crawl(90))
        return connection


if __name__ == "__main__":
    kept = run()
