"""Download the zone files that a registry account may read and check them."""
import hashlib
import json
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

ZONES = {"example": 48 << 20, "museum": 9 << 20, "travel": 14 << 20}
LINE = b"%08d.tld.\t86400\tin\tns\tns%d.nic.example.\n"
BLOCK = 1 << 16


class Registry(BaseHTTPRequestHandler):
    """A local stand-in for the registry's API."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/links":
            body = json.dumps(sorted(f"/zones/{name}.zone" for name in ZONES)).encode()
            self.reply(len(body), [body])
        else:
            name = self.path.rsplit("/", 1)[-1].removesuffix(".zone")
            self.reply(ZONES[name], self.zone(ZONES[name]))

    def reply(self, length, parts):
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        for part in parts:
            self.wfile.write(part)

    def zone(self, size):
        block = b"".join(LINE % (n, n % 4) for n in range(2000))
        while size > 0:
            part = block[:size]
            size -= len(part)
            yield part

    def log_message(self, *args):
        pass


class ZoneClient:
    def __init__(self, base, token, folder):
        self.base = base
        self.folder = folder
        self.headers = {"Authorization": f"Bearer {token}"}
        self.session = requests.Session()

    def links(self):
        response = self.session.get(self.base + "/links", headers=self.headers)
        response.raise_for_status()
        return response.json()

    def fetch(self, link):
        response = self.session.get(self.base + link, headers=self.headers)
        response.raise_for_status()
        target = self.folder / link.rsplit("/", 1)[-1]
        with open(target, "wb") as out:
            for chunk in response.iter_content(BLOCK):
                out.write(chunk)
        return target


def checksum(path):
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha1").hexdigest()[:12]


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with tempfile.TemporaryDirectory() as tmp:
            client = ZoneClient(f"http://127.0.0.1:{server.server_port}", "t0k3n", Path(tmp))
            for link in client.links():
                path = client.fetch(link)
                print(path.name, path.stat().st_size, checksum(path))
            client.session.close()
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
