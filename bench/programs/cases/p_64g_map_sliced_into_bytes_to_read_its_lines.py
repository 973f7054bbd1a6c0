import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64g map sliced into bytes to read its lines')
class _:
    def setup():
        if not os.path.exists(D+'/access-p.log'):
            with open(D+'/access-p.log','w') as f: f.writelines(f'10.0.0.{i%250} GET /item/{i} 200\n' for i in range(1_200_000))
    def bad():
        import mmap
        with open(D+'/access-p.log','rb') as f, mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ) as m:
            n=0
            for line in m[:].split(b'\n'):
                if line.endswith(b' 200'): n+=1
        return n
    def good():
        import mmap
        with open(D+'/access-p.log','rb') as f, mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ) as m:
            n=0
            for line in iter(m.readline,b''):
                if line.endswith(b' 200\n'): n+=1
        return n


if __name__ == "__main__":
    kept = run()
