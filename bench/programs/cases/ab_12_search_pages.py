"""A Flask site whose search pages are rendered once and then served again as they are."""
import hashlib

from cachetools import LRUCache
from flask import Flask, render_template_string, request

from harness import case, run

PAGE = """<html><head><title>{{ term }}</title></head><body>
{% for item in items %}<div class="hit"><a href="/item/{{ item }}">Item {{ item }}</a>
<p>{{ blurb }}</p></div>
{% endfor %}</body></html>"""


BLURB = "In stock, ready to be sent, returned free of charge within a month. " * 20


def find(term, page):
    seed = int(hashlib.md5(f"{term}{page}".encode()).hexdigest()[:8], 16)
    return [(seed + 7919 * n) % 1_000_000 for n in range(40)]


def create_app(pages):
    app = Flask("shop")

    @app.get("/search")
    def search():
        key = request.full_path
        if key not in pages:
            term = request.args["q"]
            items = find(term, request.args.get("page", 1, type=int))
            pages[key] = render_template_string(PAGE, term=term, items=items, blurb=BLURB)
        return pages[key]

    return app


def visitors(count):
    for n in range(count):
        if n % 4 == 0:
            yield f"/search?q=lamp&page={1 + n % 6}"
        else:
            yield f"/search?q=lamp&page={1 + n % 6}&utm_id={n:08d}"


def serve(pages, count=3000):
    client = create_app(pages).test_client()
    digest = hashlib.sha1()
    for url in visitors(count):
        digest.update(client.get(url).data)
    print(f"{count} pages served, {digest.hexdigest()[:16]}")
    return pages


@case("ab 12 search pages")
class _:
    def bad():
        return serve({})

    def good():
        return serve(LRUCache(maxsize=200))


if __name__ == "__main__":
    kept = run()
