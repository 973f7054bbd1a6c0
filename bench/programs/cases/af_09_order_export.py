"""Shop back office: a small web application from which the book-keeping fetches the orders of a year as CSV."""
import csv
import hashlib
import io

from flask import Flask, Response, request
from werkzeug.test import EnvironBuilder

from harness import case, run

COUNTRIES = ["DE", "AT", "CH", "NL", "FR", "DK"]
HEAD = ["order", "date", "country", "customer", "article", "pieces", "net", "tax"]


def orders(year, limit):
    for n in range(limit):
        net = (n * 7919) % 48_000 + 250
        yield [
            f"{year}-{n:07d}", f"{year}-{1 + n % 12:02d}-{1 + n % 28:02d}", COUNTRIES[n % 6],
            f"customer {n * 31 % 60_000:05d}", f"A{n % 4100:04d}/{n % 7}", 1 + n % 5,
            f"{net / 100:.2f}", f"{net * 19 // 100 / 100:.2f}",
        ]


class Sheet:
    """Text lines of a table."""

    def __init__(self, head):
        self.head = head

    def pages(self, rows, size=400):
        page = io.StringIO()
        writer = csv.writer(page)
        writer.writerow(self.head)
        for n, row in enumerate(rows, 1):
            writer.writerow(row)
            if n % size == 0:
                yield page.getvalue()
                page.seek(0)
                page.truncate()
        yield page.getvalue()


def finished(pages):
    return "".join(pages)


def running(pages):
    return pages


def create_app(body):
    app = Flask(__name__)
    sheet = Sheet(HEAD)

    @app.get("/orders/<int:year>.csv")
    def export(year):
        rows = orders(year, request.args.get("limit", 1000, type=int))
        answer = Response(body(sheet.pages(rows)), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f"attachment; filename=orders-{year}.csv"
        return answer

    @app.get("/health")
    def health():
        return {"state": "up"}

    return app


def download(app, path, query):
    """Fetches a page as the web server does, and hands each block to the socket."""
    environ = EnvironBuilder(path=path, query_string=query).get_environ()
    seen = {}
    digest, size = hashlib.sha1(), 0
    blocks = app(environ, lambda status, headers, exc=None: seen.update(status=status, headers=dict(headers)))
    try:
        for block in blocks:
            digest.update(block)
            size += len(block)
    finally:
        blocks.close()
    return seen, size, digest.hexdigest()


def office(body):
    app = create_app(body)
    seen, size, digest = download(app, "/orders/2024.csv", {"limit": 380_000})
    print(seen["status"], seen["headers"]["Content-Disposition"])
    print(size, digest)
    print(download(app, "/health", {})[0]["status"])
    return app


@case("af 09 order export")
class _:
    def bad():
        return office(finished)

    def good():
        return office(running)


if __name__ == "__main__":
    kept = run()
