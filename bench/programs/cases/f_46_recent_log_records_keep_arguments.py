import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 recent log records keep arguments')
class _:
    def setup(): import logging, collections
    def bad():
        import logging, collections
        class Recent(logging.Handler):
            def __init__(self,n): super().__init__(); self.records=collections.deque(maxlen=n)
            def emit(self,record): self.records.append(record)
            def tail(self): return [r.getMessage() for r in self.records]
        class Frame:
            def __init__(self,i): self.i=i; self.pixels=bytearray(b'p')*300_000
            def __str__(self): return f'frame {self.i}'
        log=logging.getLogger('camera'); log.setLevel(logging.INFO); log.propagate=False
        recent=Recent(200); log.addHandler(recent)
        for i in range(250): log.info('stored %s',Frame(i))
        print('tail',len(''.join(recent.tail())))
    def good():
        import logging, collections
        class Recent(logging.Handler):
            def __init__(self,n): super().__init__(); self.lines=collections.deque(maxlen=n)
            def emit(self,record): self.lines.append(self.format(record))
            def tail(self): return list(self.lines)
        class Frame:
            def __init__(self,i): self.i=i; self.pixels=bytearray(b'p')*300_000
            def __str__(self): return f'frame {self.i}'
        log=logging.getLogger('camera'); log.setLevel(logging.INFO); log.propagate=False
        recent=Recent(200); log.addHandler(recent)
        for i in range(250): log.info('stored %s',Frame(i))
        print('tail',len(''.join(recent.tail())))


if __name__ == "__main__":
    kept = run()
