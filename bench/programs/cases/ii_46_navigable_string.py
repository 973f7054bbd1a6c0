import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def pages(n):
    import random
    r = random.Random(46)
    for i in range(n):
        rows = ''.join(f'<li class="row"><a href="/p/{r.getrandbits(30):x}">{r.getrandbits(50):x}</a></li>' for _ in range(700))
        yield f'<html><head><title>Results {i}</title></head><body><ul>{rows}</ul></body></html>'


def parse(page):
    from bs4 import BeautifulSoup
    return BeautifulSoup(page, 'lxml')


@case('46 NavigableString keeps the parse tree')
class _:
    def setup(): import bs4, lxml.etree, random
    def bad():
        titles, links = [], 0
        for page in pages(40):
            soup = parse(page)
            titles.append(soup.title.string)
            links += len(soup.find_all('a'))
        return titles, links
    def good():
        titles, links = [], 0
        for page in pages(40):
            soup = parse(page)
            titles.append(str(soup.title.string))
            links += len(soup.find_all('a'))
            soup.decompose()
        return titles, links


if __name__ == "__main__":
    kept = run()
