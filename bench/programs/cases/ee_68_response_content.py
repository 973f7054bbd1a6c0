import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import shutil


def build(path):
    with open(path, 'wb') as f:
        for _ in range(80): f.write(os.urandom(1 << 20))


def session():
    """A requests session whose mock:// scheme is answered from a file."""
    import requests, urllib3
    class FromDisk(requests.adapters.HTTPAdapter):
        def send(self, request, **kw):
            body = open(D + '/d5_blob.bin', 'rb')
            raw = urllib3.HTTPResponse(body=body, status=200, preload_content=False, headers={'Content-Length': str(os.path.getsize(body.name))})
            return self.build_response(request, raw)
    s = requests.Session()
    s.mount('mock://', FromDisk())
    return s


@case('68 response.content for a download')
class _:
    def setup():
        import requests
        fixture('d5_blob.bin', build)
    def bad():
        r = session().get('mock://files/model.bin')
        with open(D + '/d5_down_bad.bin', 'wb') as f:
            return f.write(r.content)
    def good():
        with session().get('mock://files/model.bin', stream=True) as r, open(D + '/d5_down_good.bin', 'wb') as f:
            return sum(f.write(part) for part in r.iter_content(1 << 16))


if __name__ == "__main__":
    kept = run()
