import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 queue without a bound before a slow writer')
class _:
    def setup():
        import queue, threading, zlib
        def build(path):
            with open(path,'wb') as f:
                for i in range(200):
                    f.write(bytes([i])*250_000)
        fixture('feed200.bin',build)
        t=threading.Thread(target=lambda: None); t.start(); t.join()
    def bad():
        import queue
        import threading
        import zlib
        class Uploader(threading.Thread):
            def __init__(self):
                super().__init__(daemon=True)
                self.chunks=queue.Queue()
                self.crc=0
            def run(self):
                while (chunk:=self.chunks.get()) is not None:
                    time.sleep(0.005)
                    self.crc=zlib.crc32(chunk,self.crc)
        def upload(path):
            uploader=Uploader()
            uploader.start()
            with open(path,'rb') as f:
                while chunk:=f.read(250_000):
                    uploader.chunks.put(chunk)
            uploader.chunks.put(None)
            uploader.join()
            return uploader.crc
        print('crc',upload(os.path.join(D,'feed200.bin')))
    def good():
        import queue
        import threading
        import zlib
        class Uploader(threading.Thread):
            def __init__(self):
                super().__init__(daemon=True)
                self.chunks=queue.Queue(maxsize=8)
                self.crc=0
            def run(self):
                while (chunk:=self.chunks.get()) is not None:
                    time.sleep(0.005)
                    self.crc=zlib.crc32(chunk,self.crc)
        def upload(path):
            uploader=Uploader()
            uploader.start()
            with open(path,'rb') as f:
                while chunk:=f.read(250_000):
                    uploader.chunks.put(chunk)
            uploader.chunks.put(None)
            uploader.join()
            return uploader.crc
        print('crc',upload(os.path.join(D,'feed200.bin')))


if __name__ == "__main__":
    kept = run()
