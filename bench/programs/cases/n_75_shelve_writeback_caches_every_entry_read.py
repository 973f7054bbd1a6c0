import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('75 shelve writeback caches every entry read')
class _:
    def setup():
        import shelve
        if not os.path.exists(D+'/n_shelf.ready'):
            with shelve.open(D+'/n_shelf','n') as db:
                for i in range(200): db[f'k{i}']={'id':i,'blob':b'x'*500_000}
            open(D+'/n_shelf.ready','w').close()
    def bad():
        import shelve
        total=0
        db=shelve.open(D+'/n_shelf',writeback=True)
        for key in list(db): total+=len(db[key]['blob'])
        return db,total
    def good():
        import shelve
        total=0
        db=shelve.open(D+'/n_shelf')
        for key in list(db): total+=len(db[key]['blob'])
        return db,total


if __name__ == "__main__":
    kept = run()
