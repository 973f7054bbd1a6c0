import hashlib
import http.server
import os
import random
import shutil
import threading

import requests

from harness import CASES, D, case, fixture, run


def build(path):
    rng = random.Random(64)
    with open(path, "wb") as out:
        for _ in range(60):
            out.write(rng.randbytes(1_000_000))


class Upstream(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = os.path.join(D, os.path.basename(self.path))
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(os.path.getsize(path)))
        self.end_headers()
        with open(path, "rb") as source:
            shutil.copyfileobj(source, self.wfile, 1 << 16)

    def log_message(self, *args):
        pass


class Mirror:
    """Fetches a package into the local store and returns its digest."""

    def __init__(self, base, store):
        self.base = base
        self.store = store
        self.session = requests.Session()
        self.session.trust_env = False

    def fetch(self, name):
        target = os.path.join(self.store, f"f6_{type(self).__name__}-{name}")
        digest = hashlib.sha256()
        try:
            with open(target, "wb") as out:
                for block in self.blocks(self.base + name):
                    digest.update(block)
                    out.write(block)
            return digest.hexdigest(), os.path.getsize(target)
        finally:
            os.remove(target)

    def blocks(self, url):
        raise NotImplementedError


class MirrorWhole(Mirror):
    def blocks(self, url):
        answer = self.session.get(url)
        answer.raise_for_status()
        yield answer.content


class MirrorStreaming(Mirror):
    def blocks(self, url):
        with self.session.get(url, stream=True) as answer:
            answer.raise_for_status()
            yield from answer.iter_content(1 << 17)


def mirror(mirror_class):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        return mirror_class(f"http://127.0.0.1:{server.server_port}/", D).fetch("f6_package.bin")
    finally:
        server.shutdown()


@case('64 whole body of a download in memory')
class _:
    def setup():
        fixture("f6_package.bin", build)

    def bad():
        return mirror(MirrorWhole)

    def good():
        return mirror(MirrorStreaming)


if __name__ == "__main__":
    kept = run()
