import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def serve(request):
    """The far side: a body of 400 KB and an ETag."""
    import httpx, random
    r = random.Random(str(request.url))
    return httpx.Response(r.choice((200, 200, 203)), headers={'etag': f'"{r.getrandbits(64):x}"'}, content=r.randbytes(400_000))


class Probe:
    __slots__ = 'status', 'etag'

    def __init__(self, response):
        self.status, self.etag = response.status_code, response.headers['etag']


@case('47b whole responses kept for status and ETag')
class _:
    def setup():
        import httpx, random
        _.http = httpx.Client(transport=httpx.MockTransport(serve))
    def bad():
        seen = {}
        for i in range(200):
            url = f'https://mirror.example.org/file/{i}'
            seen[url] = _.http.get(url)
        stale = [url for url, r in seen.items() if r.status_code == 203]
        return seen, stale
    def good():
        seen = {}
        for i in range(200):
            url = f'https://mirror.example.org/file/{i}'
            seen[url] = Probe(_.http.get(url))
        stale = [url for url, p in seen.items() if p.status == 203]
        return seen, stale


if __name__ == "__main__":
    kept = run()
