import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def visitor_links(count):
    for number in range(count):
        page = number * 7 % 60
        yield f"https://shop.example.org/guide/{page}?utm_source=mail&utm_campaign=spring&click={number:09d}"


def render_guide(path):
    return f"<html><body><h1>{path}</h1>" + "<p>How to care for your new plants.</p>" * 110 + "</body></html>"


@case('07 page cache keyed by tracking links')
class _:
    def setup():
        import urllib.parse

    def bad():
        from urllib.parse import urlsplit

        class PageCache:
            def __init__(self):
                self.pages = {}

            def get(self, url):
                page = self.pages.get(url)
                if page is None:
                    page = render_guide(urlsplit(url).path)
                    self.pages[url] = page
                return page

        cache = PageCache()
        sent = 0
        for url in visitor_links(20_000):
            sent += len(cache.get(url))
        print(f"{sent} characters sent")
        return cache

    def good():
        from urllib.parse import urlsplit

        class PageCache:
            def __init__(self):
                self.pages = {}

            def get(self, url):
                path = urlsplit(url).path
                page = self.pages.get(path)
                if page is None:
                    page = render_guide(path)
                    self.pages[path] = page
                return page

        cache = PageCache()
        sent = 0
        for url in visitor_links(20_000):
            sent += len(cache.get(url))
        print(f"{sent} characters sent")
        return cache


if __name__ == "__main__":
    kept = run()
