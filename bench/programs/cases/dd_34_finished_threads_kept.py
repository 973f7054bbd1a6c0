import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import threading


class Request(threading.Thread):
    def __init__(self, n, done):
        super().__init__()
        self.n, self.done, self.body = n, done, os.urandom(200_000)
    def run(self):
        self.done.append(sum(self.body[::1000]) + self.n)


class ServerBad:
    def __init__(self): self.threads, self.done = [], []
    def handle(self, n):
        t = Request(n, self.done)
        self.threads.append(t)
        t.start()
    def close(self):
        for t in self.threads: t.join()


class ServerGood(ServerBad):
    def handle(self, n):
        self.threads = [t for t in self.threads if t.is_alive()]
        super().handle(n)


def serve(server):
    for n in range(500):
        server.handle(n)
        if n % 4 == 3: time.sleep(0.0005)
    return server


@case('34 finished threads stay in the list')
class _:
    def bad():
        return serve(ServerBad())
    def good():
        return serve(ServerGood())


if __name__ == "__main__":
    kept = run()
