import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 tar stream remembers its members')
class _:
    def setup():
        import tarfile
        def build(path):
            with open(path,'wb') as f:
                for i in range(90_000):
                    t=tarfile.TarInfo(f'samples/{i:06d}.txt'); t.size=64
                    f.write(t.tobuf(tarfile.USTAR_FORMAT)); f.write((b'%063d\n'%i).ljust(512,b'\0'))
                f.write(b'\0'*1024)
        fixture('samples90.tar',build)
    def bad():
        import tarfile
        total=0
        with tarfile.open(os.path.join(D,'samples90.tar'),'r|') as tar:
            for member in tar:
                total+=len(tar.extractfile(member).read())
            print('bytes',total)
    def good():
        import tarfile
        total=0
        with tarfile.open(os.path.join(D,'samples90.tar'),'r|') as tar:
            for member in tar:
                total+=len(tar.extractfile(member).read())
                tar.members=[]
            print('bytes',total)


if __name__ == "__main__":
    kept = run()
