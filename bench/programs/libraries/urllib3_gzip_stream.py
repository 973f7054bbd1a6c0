"""Log collector: streams a gzip-encoded log from a server and counts the errors in it."""
import gzip
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import urllib3

LINES = 900_000


def make_log():
    """A day's log, compressed; a quiet day, so it packs well."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6) as packed:
        for block in range(LINES // 3_000):
            packed.write(b"2024-05-01T00:00:00 INFO worker idle, queue empty, nothing to do\n" * 2_999)
            packed.write(b"2024-05-01T00:00:%02d ERROR worker lost its lease\n" % (block % 60))
    return out.getvalue()


class LogServer(BaseHTTPRequestHandler):
    body = make_log()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args):
        pass


def count_errors(pool, url):
    errors = size = 0
    tail = b""
    response = pool.request("GET", url, preload_content=False)
    for part in response.stream(65_536):
        size += len(part)
        lines = (tail + part).split(b"\n")
        tail = lines.pop()
        errors += sum(b" ERROR " in line for line in lines)
    response.release_conn()
    return errors, size


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), LogServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pool = urllib3.PoolManager()
    errors, size = count_errors(pool, "http://127.0.0.1:%d/day.log" % server.server_port)
    print("errors", errors, "of", size // 1_000_000, "MB")
    time.sleep(0.3)
    server.shutdown()


main()
