import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46a NavigableString keeps the soup')
class _:
    def setup(): import bs4
    def page(i): return f'<html><head><title>page {i}</title></head><body>'+''.join(f'<p class="c"><a href="/{j}">link {j}</a></p>' for j in range(800))+'</body></html>'
    def bad():
        from bs4 import BeautifulSoup
        page=CASES['46a NavigableString keeps the soup'].page
        titles=[]
        for i in range(25):
            soup=BeautifulSoup(page(i),'html.parser')
            titles.append(soup.title.string)
        return titles
    def good():
        from bs4 import BeautifulSoup
        page=CASES['46a NavigableString keeps the soup'].page
        titles=[]
        for i in range(25):
            soup=BeautifulSoup(page(i),'html.parser')
            titles.append(str(soup.title.string))
            soup.decompose()
        return titles


if __name__ == "__main__":
    kept = run()
