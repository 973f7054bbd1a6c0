CODE, HOLDER = "HW113", "RESPONSES"
import hashlib
import itertools
import urllib.parse

RESPONSES = {}
ids = itertools.count()


def render(url):
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    return "".join(f"<li>{k}={v}</li>" for k, v in query.items()) * 20  # here


def handle(url, key):
    if key not in RESPONSES:
        RESPONSES[key] = render(url)
    return RESPONSES[key]


def leaking():
    for _ in range(20):
        url = f"/search?session={next(ids)}&page=1"
        handle(url, hashlib.sha1(url.encode()).hexdigest())


def clean():
    for _ in range(20):
        n = next(ids)
        handle(f"/search?session={n % 4}&page=1", str(n % 4))
