import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E12 bounded queue between reader and indexer')
class _:
    def good():
        import queue, threading, random, zlib
        q=queue.Queue(maxsize=4); done=object(); archive={}
        def reader():
            r=random.Random(12)
            for i in range(90): q.put((i,r.randbytes(300_000)+bytes(1_500_000)))
            q.put(done)
        def indexer():
            while (item:=q.get()) is not done:
                i,raw=item; archive[i]=zlib.compress(raw,1); del item,raw; q.task_done()
            q.task_done()
        ts=[threading.Thread(target=f) for f in (reader,indexer)]
        for t in ts: t.start()
        for t in ts: t.join()
        crc=0
        for i in sorted(archive): crc^=zlib.crc32(zlib.decompress(archive[i]))
        return archive,q,crc


if __name__ == "__main__":
    kept = run()
