import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 worker thread never stopped')
class _:
    def setup(): import threading, queue
    def bad():
        import threading, queue
        class Decoder:
            def __init__(self):
                self.inbox=queue.Queue(); self.outbox=queue.Queue()
                threading.Thread(target=self._run,daemon=True).start()
            def _run(self):
                scratch=bytearray(b's')*1_500_000
                while (item:=self.inbox.get()) is not None:
                    scratch[:len(item)]=item; self.outbox.put(len(item))
            def decode(self,item): self.inbox.put(item); return self.outbox.get()
        def handle(i):
            return Decoder().decode(b'frame'*(i+1))
        print('decoded',sum(handle(i) for i in range(40)))
    def good():
        import threading, queue
        class Decoder:
            def __init__(self):
                self.inbox=queue.Queue(); self.outbox=queue.Queue()
                self.thread=threading.Thread(target=self._run,daemon=True); self.thread.start()
            def _run(self):
                scratch=bytearray(b's')*1_500_000
                while (item:=self.inbox.get()) is not None:
                    scratch[:len(item)]=item; self.outbox.put(len(item))
            def decode(self,item): self.inbox.put(item); return self.outbox.get()
            def close(self): self.inbox.put(None); self.thread.join()
        def handle(i):
            decoder=Decoder()
            try: return decoder.decode(b'frame'*(i+1))
            finally: decoder.close()
        print('decoded',sum(handle(i) for i in range(40)))


if __name__ == "__main__":
    kept = run()
