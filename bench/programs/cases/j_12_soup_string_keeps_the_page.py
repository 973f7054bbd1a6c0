import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def download(number):
    rows = ''.join(f'<tr class="offer"><td>{n}</td><td><a href="/o/{number}/{n}">offer {n}</a></td></tr>'
                   for n in range(700))
    return f'<html><head><title>Offers of town {number}</title></head><body><table>{rows}</table></body></html>'


@case('12 soup string keeps the page')
class _:
    def setup():
        import bs4
        import lxml

    def bad():
        from bs4 import BeautifulSoup

        class TownIndex:
            def __init__(self):
                self.titles = {}
                self.offers = 0

            def add(self, url, html):
                soup = BeautifulSoup(html, 'lxml')
                self.titles[url] = soup.title.string
                self.offers += len(soup.find_all('tr', class_='offer'))

        index = TownIndex()
        for number in range(30):
            index.add(f'https://offers.example/town/{number}', download(number))
        print(len(index.titles), index.offers, sum(map(len, index.titles.values())))
        return index

    def good():
        from bs4 import BeautifulSoup

        class TownIndex:
            def __init__(self):
                self.titles = {}
                self.offers = 0

            def add(self, url, html):
                soup = BeautifulSoup(html, 'lxml')
                self.titles[url] = str(soup.title.string)
                self.offers += len(soup.find_all('tr', class_='offer'))

        index = TownIndex()
        for number in range(30):
            index.add(f'https://offers.example/town/{number}', download(number))
        print(len(index.titles), index.offers, sum(map(len, index.titles.values())))
        return index


if __name__ == "__main__":
    kept = run()
