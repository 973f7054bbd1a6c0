"""Copies release files from a mirror to disk and checks their digests."""
import hashlib
import tempfile

import requests
from requests.adapters import BaseAdapter

from harness import case, run

FILES = {"core-2.1.bin": 44 << 20, "docs-2.1.bin": 20 << 20, "src-2.1.bin": 36 << 20, "data-2.1.bin": 40 << 20,
         "libs-2.1.bin": 42 << 20, "test-2.1.bin": 38 << 20, "keys.bin": 65_536}
BLOCK = bytes(range(256)) * 256


class Body:
    """The bytes of one file, as a socket would give them."""

    def __init__(self, size):
        self.left = size

    def read(self, amount=-1, **_):
        amount = min(self.left, amount if amount > 0 else self.left, len(BLOCK))
        self.left -= amount
        return BLOCK[:amount]

    def close(self):
        self.left = 0


class MirrorAdapter(BaseAdapter):
    def send(self, request, stream=False, **_):
        response = requests.Response()
        response.status_code = 200
        response.url = request.url
        response.request = request
        response.raw = Body(FILES[request.url.rsplit("/", 1)[1]])
        return response

    def close(self):
        pass


def open_session():
    session = requests.Session()
    session.mount("https://mirror.example/", MirrorAdapter())
    return session


def download(session, name, out):
    response = session.get(f"https://mirror.example/pool/{name}")
    response.raise_for_status()
    out.write(response.content)
    return hashlib.sha256(response.content).hexdigest()


def download_streamed(session, name, out):
    digest = hashlib.sha256()
    with session.get(f"https://mirror.example/pool/{name}", stream=True) as response:
        response.raise_for_status()
        for chunk in response.iter_content(65_536):
            out.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


def sync(fetch):
    session = open_session()
    for name in sorted(FILES):
        with tempfile.TemporaryFile() as out:
            print(name, fetch(session, name, out)[:12], out.tell())
    return session


@case("ww 08 mirror sync")
class _:
    def bad():
        return sync(download)

    def good():
        return sync(download_streamed)


if __name__ == "__main__":
    kept = run()
