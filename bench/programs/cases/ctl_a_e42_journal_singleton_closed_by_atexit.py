import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e42 journal singleton closed by atexit')
class _:
    def good():
        import atexit, tempfile, struct, random
        class Journal:
            def __init__(s,size): s.buf=bytearray(size); s.pos=0; s.out=tempfile.TemporaryFile(); atexit.register(s.close)
            def write(s,b):
                if s.pos+len(b)+4>len(s.buf): s.flush()
                struct.pack_into('<I',s.buf,s.pos,len(b)); s.pos+=4; s.buf[s.pos:s.pos+len(b)]=b; s.pos+=len(b)
            def replay(s):
                p=0
                while p<s.pos: n,=struct.unpack_from('<I',s.buf,p); yield memoryview(s.buf)[p+4:p+4+n]; p+=4+n
            def flush(s): s.out.write(memoryview(s.buf)[:s.pos]); s.pos=0
            def close(s): s.flush(); s.out.close()
        j=Journal(24_000_000); r=random.Random(46); undo=0
        for tx in range(23_000): j.write(r.randbytes(r.randrange(500,1500)))
        for rec in j.replay(): undo+=rec[0]
        return j,undo


if __name__ == "__main__":
    kept = run()
