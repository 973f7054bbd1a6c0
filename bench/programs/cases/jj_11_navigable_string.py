import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def page(number):
    """A page of the shop, some 60 KB of markup."""
    rows = ''.join(f'<tr class="row"><td>{k}</td><td><a href="/p/{number}/{k}">part {k * number}</a></td>'
                   f'<td><span class="price">{k * 3 + number} EUR</span></td></tr>' for k in range(110))
    return (f'<html><head><title>Catalogue page {number}</title></head><body><h1>Parts {number}</h1>'
            f'<table>{rows}</table></body></html>')


class Crawl:
    def __init__(self):
        self.titles = []
        self.rows = 0


@case('43 Beautiful Soup string keeps its tree')
class _:
    def setup():
        from bs4 import BeautifulSoup
        BeautifulSoup('<p>x</p>', 'html.parser')
    def bad():
        from bs4 import BeautifulSoup
        crawl = Crawl()
        for number in range(130):
            soup = BeautifulSoup(page(number), 'html.parser')
            crawl.titles.append(soup.title.string)
            crawl.rows += len(soup.find_all('tr'))
        return crawl
    def good():
        from bs4 import BeautifulSoup
        crawl = Crawl()
        for number in range(130):
            soup = BeautifulSoup(page(number), 'html.parser')
            crawl.titles.append(str(soup.title.string))
            crawl.rows += len(soup.find_all('tr'))
        return crawl


if __name__ == "__main__":
    kept = run()
