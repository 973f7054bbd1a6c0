import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def page(n):
    rows = ''.join(f'<tr><td class="sku">A-{n}-{k}</td><td>{(k * 37) % 991 / 10}</td></tr>' for k in range(600))
    return f'<html><head><title>Listing {n}</title></head><body><h1>Shop no. {n}</h1><table>{rows}</table></body></html>'


@case('46 NavigableString keeps the parse tree')
class _:
    def setup(): import bs4
    def bad():
        from bs4 import BeautifulSoup
        titles, rows = [], 0
        for n in range(40):
            soup = BeautifulSoup(page(n), 'html.parser')
            rows += len(soup.find_all('tr'))
            titles.append(soup.title.string)
        return titles, rows
    def good():
        from bs4 import BeautifulSoup
        titles, rows = [], 0
        for n in range(40):
            soup = BeautifulSoup(page(n), 'html.parser')
            rows += len(soup.find_all('tr'))
            titles.append(str(soup.title.string))
            soup.decompose()
        return titles, rows


if __name__ == "__main__":
    kept = run()
