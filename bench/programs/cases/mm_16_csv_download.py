import csv
import hashlib
import io
import time

from flask import Flask, Response

from harness import case, run

app = Flask(__name__)


def crawl_results():
    for i in range(300_000):
        yield i, "https://site.example/articles/%d/title-of-the-page" % i, 200, i % 997, "text/html; charset=utf-8"


def csv_lines():
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in crawl_results():
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


@app.get("/export")
def export():
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in crawl_results():
        writer.writerow(row)
    response = Response(buffer.getvalue(), mimetype="text/csv")
    time.sleep(0.1)
    return response


@app.get("/export-stream")
def export_stream():
    response = Response(csv_lines(), mimetype="text/csv")
    time.sleep(0.1)
    return response


def download(url):
    digest, size = hashlib.sha256(), 0
    response = app.test_client().get(url)
    for chunk in response.iter_encoded():
        digest.update(chunk)
        size += len(chunk)
    print("bytes", size, digest.hexdigest()[:12])


@case("mm 16 csv download")
class _:
    def bad():
        download("/export")

    def good():
        download("/export-stream")


if __name__ == "__main__":
    kept = run()
