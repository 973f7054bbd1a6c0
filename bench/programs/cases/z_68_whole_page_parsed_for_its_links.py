import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68 whole page parsed for its links')
class _:
    def setup(): import bs4
    def bad():
        from bs4 import BeautifulSoup
        page='<body>'+''.join(f'<div><p><b>item {i}</b> text</p></div>' for i in range(25_000))+''.join(f'<a href="/p/{i}">next</a>' for i in range(50))
        soup=BeautifulSoup(page,'html.parser')
        return [str(a['href']) for a in soup.find_all('a')]
    def good():
        from bs4 import BeautifulSoup, SoupStrainer
        page='<body>'+''.join(f'<div><p><b>item {i}</b> text</p></div>' for i in range(25_000))+''.join(f'<a href="/p/{i}">next</a>' for i in range(50))
        soup=BeautifulSoup(page,'html.parser',parse_only=SoupStrainer('a'))
        return [str(a['href']) for a in soup.find_all('a')]


if __name__ == "__main__":
    kept = run()
