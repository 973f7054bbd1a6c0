import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 every book gets its own publisher')
class _:
    def setup():
        import sqlite3
        import django
        from django.conf import settings
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table library_publisher(id integer primary key, name text, profile text)')
            db.execute('create table library_book(id integer primary key, title text, publisher_id integer)')
            db.executemany('insert into library_publisher values(?,?,?)',((i,f'Publisher {i}',f'history of {i} '*110) for i in range(1,41)))
            db.executemany('insert into library_book values(?,?,?)',((i,f'Book {i}',i%40+1) for i in range(18_000)))
            db.commit()
            db.close()
        path=fixture('library18.db',build)
        settings.configure(DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':path}},INSTALLED_APPS=[],DEBUG=False)
        django.setup()
        global Book
        from django.db import models
        class Publisher(models.Model):
            name=models.CharField(max_length=40)
            profile=models.TextField()
            class Meta:
                app_label='library'
                managed=False
        class Book(models.Model):
            title=models.CharField(max_length=80)
            publisher=models.ForeignKey(Publisher,models.CASCADE)
            class Meta:
                app_label='library'
                managed=False
        list(Book.objects.select_related('publisher')[:1])
        list(Book.objects.prefetch_related('publisher')[:1])
    def bad():
        class Catalogue:
            def __init__(self):
                self.books=list(Book.objects.select_related('publisher').order_by('id'))
            def titles(self,publisher):
                return [book.title for book in self.books if book.publisher.name==publisher]
        catalogue=Catalogue()
        print('titles',len(catalogue.titles('Publisher 7')))
        return catalogue
    def good():
        class Catalogue:
            def __init__(self):
                self.books=list(Book.objects.prefetch_related('publisher').order_by('id'))
            def titles(self,publisher):
                return [book.title for book in self.books if book.publisher.name==publisher]
        catalogue=Catalogue()
        print('titles',len(catalogue.titles('Publisher 7')))
        return catalogue


if __name__ == "__main__":
    kept = run()
