import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 every instance in a list on its class')
class _:
    def bad():
        class Upload:
            instances=[]
            def __init__(s,name):
                s.name=name; s.body=bytearray(b'x')*500_000
                Upload.instances.append(s)
        total=0
        for i in range(200):
            u=Upload(f'file-{i}'); total+=len(u.body)
        return Upload,total
    def good():
        import weakref
        class Upload:
            instances=weakref.WeakSet()
            def __init__(s,name):
                s.name=name; s.body=bytearray(b'x')*500_000
                Upload.instances.add(s)
        total=0
        for i in range(200):
            u=Upload(f'file-{i}'); total+=len(u.body)
        return Upload,total


if __name__ == "__main__":
    kept = run()
