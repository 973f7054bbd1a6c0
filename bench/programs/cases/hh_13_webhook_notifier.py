"""Order events go out to the webhooks of the subscribers."""
import json
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx

from harness import CASES, D, case, fixture, run


class Receiver(BaseHTTPRequestHandler):
    """The subscribers' end, on localhost."""
    received = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        json.loads(body)
        Receiver.received += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


class Notifier:
    """Sends events; everything opened on the way is closed at shutdown."""

    def __init__(self):
        self._resources = ExitStack()
        self.delivered = {}
        self.failed = []

    def client(self, subscriber):
        return self._resources.enter_context(
            httpx.Client(timeout=5.0, trust_env=False, headers={"User-Agent": "orders/1.4"}))

    def send(self, subscriber, url, event):
        http = self.client(subscriber)
        try:
            answer = http.post(url, json=event, headers={"X-Subscriber": subscriber})
            answer.raise_for_status()
        except httpx.HTTPError as problem:
            self.failed.append((subscriber, str(problem)))
        else:
            self.delivered[subscriber] = self.delivered.get(subscriber, 0) + 1

    def close(self):
        self._resources.close()


class PooledNotifier(Notifier):
    def __init__(self):
        super().__init__()
        self._http = self._resources.enter_context(
            httpx.Client(timeout=5.0, trust_env=False, headers={"User-Agent": "orders/1.4"}))

    def client(self, subscriber):
        return self._http


class OrderFeed:
    def __init__(self, notifier, port):
        self.notifier = notifier
        self.url = f"http://127.0.0.1:{port}/hook/"

    def publish(self, number):
        subscriber = f"shop-{number * 7 % 11}"
        event = {"order": 70_000 + number, "state": ("paid", "packed", "sent")[number % 3],
                 "total": round(number * 13.37 % 500, 2)}
        self.notifier.send(subscriber, self.url + subscriber, event)


def day(notifier, events=90):
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    feed = OrderFeed(notifier, server.server_port)
    for number in range(events):
        feed.publish(number)
    server.shutdown()
    thread.join()
    server.server_close()
    assert Receiver.received == events and not notifier.failed
    return notifier


@case('13 an httpx client per webhook call, all kept until shutdown')
class _:
    def setup():
        httpx.Client(trust_env=False).close()

    def bad():
        return day(Notifier())

    def good():
        return day(PooledNotifier())


if __name__ == "__main__":
    kept = run()
