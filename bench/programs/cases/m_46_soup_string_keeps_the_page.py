import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 soup string keeps the page')
class _:
    def setup(): import bs4
    def bad():
        from bs4 import BeautifulSoup
        page='<html><title>Page {}</title><body>'+'<p class="line"><b>word</b> text</p>'*1500+'</body></html>'
        return [BeautifulSoup(page.format(i),'html.parser').title.string for i in range(25)]
    def good():
        from bs4 import BeautifulSoup
        page='<html><title>Page {}</title><body>'+'<p class="line"><b>word</b> text</p>'*1500+'</body></html>'
        return [str(BeautifulSoup(page.format(i),'html.parser').title.string) for i in range(25)]


if __name__ == "__main__":
    kept = run()
