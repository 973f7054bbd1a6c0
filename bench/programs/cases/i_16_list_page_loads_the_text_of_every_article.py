import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 list page loads the text of every article')
class _:
    def setup():
        import sqlite3
        import django
        from django.conf import settings
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table blog_article(id integer primary key, title text, body text)')
            db.executemany('insert into blog_article values(?,?,?)',((i,f'article {i}',f'paragraph {i} '*400) for i in range(9_000)))
            db.commit()
            db.close()
        path=fixture('article9.db',build)
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':path}},INSTALLED_APPS=[],DEBUG=False)
        django.setup()
        global Article
        from django.db import models
        class Article(models.Model):
            title=models.CharField(max_length=80)
            body=models.TextField()
            class Meta:
                app_label='blog'
                managed=False
        list(Article.objects.all()[:1])
        list(Article.objects.only('title')[:1])
    def bad():
        def archive_page():
            articles=Article.objects.order_by('id')
            return [f'<li><a href="/a/{a.pk}">{a.title}</a></li>' for a in articles]
        page=archive_page()
        print('lines',len(page),'chars',sum(map(len,page)))
    def good():
        def archive_page():
            articles=Article.objects.only('title').order_by('id')
            return [f'<li><a href="/a/{a.pk}">{a.title}</a></li>' for a in articles]
        page=archive_page()
        print('lines',len(page),'chars',sum(map(len,page)))


if __name__ == "__main__":
    kept = run()
