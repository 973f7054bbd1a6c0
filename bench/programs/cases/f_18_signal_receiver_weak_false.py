import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 signal receiver weak=False')
class _:
    def setup():
        global order_saved
        from django.dispatch import Signal
        order_saved=Signal()
    def bad():
        class IndexBatch:
            def __init__(self):
                self.buffer=bytearray(b'b')*300_000; self.seen=0
                order_saved.connect(self.on_saved,weak=False)
            def on_saved(self,sender,**kw): self.seen+=1
        n=0
        for i in range(200):
            batch=IndexBatch()
            order_saved.send(sender='orders',pk=i)
            n+=batch.seen
        print('indexed',n)
    def good():
        class IndexBatch:
            def __init__(self):
                self.buffer=bytearray(b'b')*300_000; self.seen=0
                order_saved.connect(self.on_saved)
            def on_saved(self,sender,**kw): self.seen+=1
            def close(self): order_saved.disconnect(self.on_saved)
        n=0
        for i in range(200):
            batch=IndexBatch()
            order_saved.send(sender='orders',pk=i)
            n+=batch.seen
            batch.close()
        print('indexed',n)


if __name__ == "__main__":
    kept = run()
