import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 bs4 string keeps the tree')
class _:
    def setup(): import bs4
    def bad():
        from bs4 import BeautifulSoup
        doc='<html><head><title>Shop</title></head><body>'+''.join(f'<p class="i"><b>item {i}</b><i>{i}</i></p>' for i in range(800))+'</body></html>'
        return [BeautifulSoup(doc,'html.parser').title.string for _ in range(30)]
    def good():
        from bs4 import BeautifulSoup
        doc='<html><head><title>Shop</title></head><body>'+''.join(f'<p class="i"><b>item {i}</b><i>{i}</i></p>' for i in range(800))+'</body></html>'
        return [str(BeautifulSoup(doc,'html.parser').title.string) for _ in range(30)]


if __name__ == "__main__":
    kept = run()
