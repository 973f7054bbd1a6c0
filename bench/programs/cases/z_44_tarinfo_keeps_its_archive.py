import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 TarInfo keeps its archive')
class _:
    def setup():
        import tarfile
        with open(D+'/a2_member.bin','wb') as f: f.write(os.urandom(500_000))
    def bad():
        import tarfile, io
        manifest=[]
        for i in range(200):
            out=io.BytesIO(); tar=tarfile.open(fileobj=out,mode='w')
            info=tar.gettarinfo(D+'/a2_member.bin',arcname=f'{i}/member.bin')
            with open(D+'/a2_member.bin','rb') as f: tar.addfile(info,f)
            tar.close(); manifest.append(info)
        return manifest
    def good():
        import tarfile, io
        manifest=[]
        for i in range(200):
            out=io.BytesIO(); tar=tarfile.open(fileobj=out,mode='w')
            info=tar.gettarinfo(D+'/a2_member.bin',arcname=f'{i}/member.bin')
            with open(D+'/a2_member.bin','rb') as f: tar.addfile(info,f)
            tar.close(); manifest.append((info.name,info.size,info.mtime))
        return manifest


if __name__ == "__main__":
    kept = run()
