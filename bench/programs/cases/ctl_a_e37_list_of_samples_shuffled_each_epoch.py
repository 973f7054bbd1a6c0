import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e37 list of samples, shuffled each epoch')
class _:
    def good():
        import random, zlib, struct
        r=random.Random(40); samples=[struct.pack('<I',i)+r.randbytes(r.randrange(1200,2000)) for i in range(22_000)]; seen=[]
        for epoch in range(4):
            r.shuffle(samples); crc=0
            for k in range(0,len(samples),64):
                for s in samples[k:k+64]: crc=zlib.crc32(s,crc)
            seen.append(crc)
        ids={struct.unpack_from('<I',s)[0] for s in samples[:2000]}; longest=max(map(len,samples))
        return samples,seen,len(ids),longest


if __name__ == "__main__":
    kept = run()
