import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def page(i):
    rows = "".join(f'<tr><td class="n">{i}-{k}</td><td><a href="/item/{i * k}">item {k * 7}</a></td></tr>'
                   for k in range(250))
    return f"<html><head><title>Catalogue page {i}</title></head><body><table>{rows}</table></body></html>"


@case('46 NavigableString keeps the soup')
class _:
    def setup(): import bs4

    def bad():
        from bs4 import BeautifulSoup
        titles, links = {}, 0
        for i in range(40):
            soup = BeautifulSoup(page(i), "lxml")
            links += len(soup.find_all("a"))
            titles[f"/page/{i}"] = soup.title.string
        return titles, links

    def good():
        from bs4 import BeautifulSoup
        titles, links = {}, 0
        for i in range(40):
            soup = BeautifulSoup(page(i), "lxml")
            links += len(soup.find_all("a"))
            titles[f"/page/{i}"] = str(soup.title.string)
            soup.decompose()
        return titles, links


if __name__ == "__main__":
    kept = run()
