"""Uploads camera recordings to a media server as multipart forms."""
import hashlib
import os
import random
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx

CHUNK = 1 << 16


class MediaServer(BaseHTTPRequestHandler):
    received = []

    def do_POST(self):
        left = int(self.headers["Content-Length"])
        zeros = 0
        while left:
            data = self.rfile.read(min(CHUNK, left))
            zeros += data.count(0)
            left -= len(data)
        self.received.append(zeros)
        body = b"%d" % zeros
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def record(path, seed, megabytes):
    rng = random.Random(seed)
    with open(path, "wb") as out:
        for _ in range(megabytes):
            out.write(rng.randbytes(1 << 20))


def checksum(path):
    digest = hashlib.sha1()
    with open(path, "rb") as source:
        while block := source.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


class Uploader:
    def __init__(self, url):
        self.url = url
        self.client = httpx.Client(trust_env=False, timeout=30.0)

    def upload(self, path, camera):
        name = os.path.basename(path)
        fields = {"camera": camera, "sha1": checksum(path)}
        with open(path, "rb") as source:
            files = {"recording": (name, source, "video/mp4")}
            response = self.client.post(self.url, data=fields, files=files)
        response.raise_for_status()
        return int(response.text)

    def close(self):
        self.client.close()


def main():
    server = HTTPServer(("127.0.0.1", 0), MediaServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    uploader = Uploader(f"http://127.0.0.1:{server.server_port}/media")
    with tempfile.TemporaryDirectory() as tmp:
        for number, size in enumerate((12, 48, 20)):
            path = os.path.join(tmp, f"cam{number}.mp4")
            record(path, number, size)
            zeros = uploader.upload(path, f"yard-{number}")
            print(os.path.basename(path), os.path.getsize(path), zeros // 1000)
    uploader.close()
    server.shutdown()
    server.server_close()
    print("uploads", len(MediaServer.received))


if __name__ == "__main__":
    main()
