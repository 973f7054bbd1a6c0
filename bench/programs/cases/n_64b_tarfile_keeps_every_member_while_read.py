import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64b tarfile keeps every member while read')
class _:
    def setup():
        import tarfile
        if not os.path.exists(D+'/n_many.tar'):
            with tarfile.open(D+'/n_many.tar.tmp','w') as t:
                for i in range(130_000): t.addfile(tarfile.TarInfo(f'data/part/{i:08d}.txt')); t.members.clear()
            os.rename(D+'/n_many.tar.tmp',D+'/n_many.tar')
    def bad():
        import tarfile
        n=0
        with tarfile.open(D+'/n_many.tar') as t:
            for m in t:
                if m.isfile(): n+=1
        return n,t
    def good():
        import tarfile
        n=0
        with tarfile.open(D+'/n_many.tar') as t:
            for m in t:
                if m.isfile(): n+=1
                t.members.clear()
        return n,t


if __name__ == "__main__":
    kept = run()
