import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def fetch_scan(number):
    return bytes([number % 251]) * 36_000_000


@case('02 idle workers hold the last job')
class _:
    def setup():
        import queue
        import threading
        import zlib

    def bad():
        import queue
        import threading
        import zlib

        class ScanPool:
            def __init__(self, size):
                self.jobs = queue.Queue()
                self.sums = {}
                self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(size)]
                for thread in self.threads:
                    thread.start()

            def work(self):
                while True:
                    number = self.jobs.get()
                    scan = fetch_scan(number)
                    self.sums[number] = zlib.crc32(scan)
                    self.jobs.task_done()

        pool = ScanPool(4)
        for number in range(12):
            pool.jobs.put(number)
            pool.jobs.join()
            time.sleep(0.02)
        print(f"{len(pool.sums)} scans, {sum(pool.sums.values()):x}")
        return pool

    def good():
        import queue
        import threading
        import zlib

        class ScanPool:
            def __init__(self, size):
                self.jobs = queue.Queue()
                self.sums = {}
                self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(size)]
                for thread in self.threads:
                    thread.start()

            def work(self):
                while True:
                    number = self.jobs.get()
                    scan = fetch_scan(number)
                    self.sums[number] = zlib.crc32(scan)
                    del scan
                    self.jobs.task_done()

        pool = ScanPool(4)
        for number in range(12):
            pool.jobs.put(number)
            pool.jobs.join()
            time.sleep(0.02)
        print(f"{len(pool.sums)} scans, {sum(pool.sums.values()):x}")
        return pool


if __name__ == "__main__":
    kept = run()
