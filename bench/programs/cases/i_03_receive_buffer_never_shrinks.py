import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 receive buffer never shrinks')
class _:
    def frames():
        yield 80
        yield 260_000
        for n in range(1500):
            yield 100+n%700
    def bad():
        class Connection:
            def __init__(self):
                self.buffer=bytearray(4096)
                self.received=0
            def feed(self,size):
                if size>len(self.buffer):
                    self.buffer=bytearray(size)
                with memoryview(self.buffer) as view:
                    view[:size]=b'f'*size
                    self.received+=view[:size].nbytes
        class Hub:
            def __init__(self,n):
                self.connections=[Connection() for _ in range(n)]
        hub=Hub(200)
        for conn in hub.connections:
            for size in CASES['03 receive buffer never shrinks'].frames():
                conn.feed(size)
        print('received',sum(c.received for c in hub.connections))
        return hub
    def good():
        class Connection:
            small=4096
            def __init__(self):
                self.buffer=bytearray(self.small)
                self.received=0
            def feed(self,size):
                if size>len(self.buffer):
                    self.buffer=bytearray(size)
                with memoryview(self.buffer) as view:
                    view[:size]=b'f'*size
                    self.received+=view[:size].nbytes
                if len(self.buffer)>self.small:
                    self.buffer=bytearray(self.small)
        class Hub:
            def __init__(self,n):
                self.connections=[Connection() for _ in range(n)]
        hub=Hub(200)
        for conn in hub.connections:
            for size in CASES['03 receive buffer never shrinks'].frames():
                conn.feed(size)
        print('received',sum(c.received for c in hub.connections))
        return hub


if __name__ == "__main__":
    kept = run()
