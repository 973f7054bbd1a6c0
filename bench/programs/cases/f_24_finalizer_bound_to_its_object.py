import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 finalizer bound to its object')
class _:
    def setup(): import weakref
    def bad():
        import weakref
        class Reader:
            def __init__(self,i):
                self.data=bytearray(b'd')*300_000; self.open=True
                self._finalizer=weakref.finalize(self,self.close)
            def close(self): self.open=False
        print('read',sum(len(Reader(i).data) for i in range(200)))
    def good():
        import weakref
        class Reader:
            def __init__(self,i):
                self.data=bytearray(b'd')*300_000; self.state={'open':True}
                self._finalizer=weakref.finalize(self,Reader._release,self.state)
            @staticmethod
            def _release(state): state['open']=False
        print('read',sum(len(Reader(i).data) for i in range(200)))


if __name__ == "__main__":
    kept = run()
