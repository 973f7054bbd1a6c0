import hashlib
import os
import random
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests

from harness import case, fixture, run

PATHS = {}
CHUNK = 64 * 1024


def build_backup(path):
    rnd = random.Random(14)
    with open(path, "wb") as out:
        for _ in range(44):
            out.write(rnd.randbytes(1 << 20))


class Depot(BaseHTTPRequestHandler):
    def do_POST(self):
        left = int(self.headers["Content-Length"])
        closing = len(self.headers.get_boundary()) + 8
        while (line := self.rfile.readline()) != b"\r\n":
            left -= len(line)
        left -= 2 + closing
        digest, size = hashlib.sha256(), left
        while left:
            block = self.rfile.read(min(CHUNK, left))
            digest.update(block)
            left -= len(block)
        self.rfile.read(closing)
        self.send_response(201)
        self.end_headers()
        self.wfile.write(f"{size} {digest.hexdigest()}".encode())

    def log_message(self, *args):
        pass


class FilePart:
    kind = "multipart/form-data; boundary=7f3c5d0be1a94c2f"
    head = (b"--7f3c5d0be1a94c2f\r\nContent-Disposition: form-data; "
            b"name=\"backup\"; filename=\"backup.tar\"\r\n\r\n")
    tail = b"\r\n--7f3c5d0be1a94c2f--\r\n"

    def __init__(self, path):
        self.path = path

    def __len__(self):
        return len(self.head) + os.path.getsize(self.path) + len(self.tail)

    def __iter__(self):
        yield self.head
        with open(self.path, "rb") as backup:
            while block := backup.read(CHUNK):
                yield block
        yield self.tail


def upload(**body):
    with HTTPServer(("127.0.0.1", 0), Depot) as depot, requests.Session() as session:
        session.trust_env = False
        threading.Thread(target=depot.serve_forever, daemon=True).start()
        answer = session.post(f"http://127.0.0.1:{depot.server_port}/backups", **body)
        depot.shutdown()
    print(answer.status_code, answer.text[:26])
    return answer.status_code


@case("uu 14 backup upload")
class _:
    def setup():
        PATHS["backup"] = fixture("uu_14_backup.tar", build_backup)

    def bad():
        with open(PATHS["backup"], "rb") as backup:
            return upload(files={"backup": backup})

    def good():
        return upload(data=FilePart(PATHS["backup"]), headers={"Content-Type": FilePart.kind})


if __name__ == "__main__":
    kept = run()
