import gc
import os
import sys
import tempfile
import threading
import time
import zlib

from harness import CASES, D, case, fixture, run


class ScanRequest(threading.Thread):
    def __init__(self, name, body, done):
        super().__init__(name=name)
        self.body = body
        self.done = done
        self.checksum = None

    def run(self):
        self.checksum = zlib.crc32(self.body)
        self.done(self.name, self.checksum)


def incoming(count):
    for n in range(count):
        yield f'scan-{n:04d}', (b'%08d' % n) * 62_500


@case('07 finished threads stay on the server')
class _:
    def bad():
        class ScanServer:
            def __init__(self):
                self._threads = []
                self._lock = threading.Lock()
                self.results = {}

            def finished(self, name, checksum):
                with self._lock:
                    self.results[name] = checksum

            def process_request(self, name, body):
                thread = ScanRequest(name, body, self.finished)
                self._threads.append(thread)
                thread.start()

            def wait_until(self, count):
                while len(self.results) < count:
                    time.sleep(0.01)

            def close(self):
                for thread in self._threads:
                    thread.join()

        server = ScanServer()
        for n, (name, body) in enumerate(incoming(180), 1):
            server.process_request(name, body)
            if n % 10 == 0:
                server.wait_until(n)
        print(len(server.results), sum(server.results.values()) % 99991)
        return server

    def good():
        class ScanServer:
            def __init__(self):
                self._threads = []
                self._lock = threading.Lock()
                self.results = {}

            def finished(self, name, checksum):
                with self._lock:
                    self.results[name] = checksum

            def process_request(self, name, body):
                thread = ScanRequest(name, body, self.finished)
                self._threads = [other for other in self._threads if other.is_alive()]
                self._threads.append(thread)
                thread.start()

            def wait_until(self, count):
                while len(self.results) < count:
                    time.sleep(0.01)

            def close(self):
                for thread in self._threads:
                    thread.join()

        server = ScanServer()
        for n, (name, body) in enumerate(incoming(180), 1):
            server.process_request(name, body)
            if n % 10 == 0:
                server.wait_until(n)
        print(len(server.results), sum(server.results.values()) % 99991)
        return server


if __name__ == "__main__":
    kept = run()
