import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44b re.Match keeps the text')
class _:
    def bad():
        import re
        titles=[]
        for i in range(150):
            page=f'<title>Page {i}</title>'+'lorem ipsum '*50_000; titles.append(re.search('<title>(.*?)</title>',page))
        return titles
    def good():
        import re
        titles=[]
        for i in range(150):
            page=f'<title>Page {i}</title>'+'lorem ipsum '*50_000; titles.append(re.search('<title>(.*?)</title>',page).group(1))
        return titles


if __name__ == "__main__":
    kept = run()
