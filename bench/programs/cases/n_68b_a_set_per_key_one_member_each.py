import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68b a set per key, one member each')
class _:
    def pairs():
        for i in range(400_000): yield i*31, i
        yield 31, 400_000
    def bad():
        index={}
        for key,doc in CASES['68b a set per key, one member each'].pairs():
            index.setdefault(key,set()).add(doc)
        return index
    def good():
        index={}
        for key,doc in CASES['68b a set per key, one member each'].pairs():
            have=index.get(key)
            if have is None: index[key]=doc
            elif isinstance(have,set): have.add(doc)
            else: index[key]={have,doc}
        return index


if __name__ == "__main__":
    kept = run()
