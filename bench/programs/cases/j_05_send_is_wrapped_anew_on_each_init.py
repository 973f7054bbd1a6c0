import collections
import functools
import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class HttpClient:
    def __init__(self, base):
        self.base = base

    def send(self, method, path):
        return 200 if len(path) % 7 else 404


class Tracer:
    """Keeps the newest spans until they are exported."""

    def __init__(self, service, room=6000):
        self.service = service
        self.spans = collections.deque(maxlen=room)

    def record(self, method, path, status):
        self.spans.append({'name': f'{method} {path}', 'service': self.service,
                           'status': status, 'at': time.time(), 'tags': [method, status]})


@case('05 send is wrapped anew on each init')
class _:
    def bad():
        def instrument(tracer):
            original = HttpClient.send

            @functools.wraps(original)
            def traced_send(self, method, path):
                status = original(self, method, path)
                tracer.record(method, path, status)
                return status

            HttpClient.send = traced_send

        def start_worker(number):
            tracer = Tracer(f'billing-{number}')
            instrument(tracer)
            return tracer

        def serve(worker):
            client = HttpClient('https://api.internal')
            return sum(client.send('GET', f'/accounts/{worker}/invoices/{n}') == 200 for n in range(900))

        answered = 0
        for worker in range(40):
            tracer = start_worker(worker)
            answered += serve(worker)
        print(answered, len(tracer.spans))
        return tracer, HttpClient

    def good():
        def instrument(tracer):
            original = getattr(HttpClient.send, '__wrapped__', HttpClient.send)

            @functools.wraps(original)
            def traced_send(self, method, path):
                status = original(self, method, path)
                tracer.record(method, path, status)
                return status

            HttpClient.send = traced_send

        def start_worker(number):
            tracer = Tracer(f'billing-{number}')
            instrument(tracer)
            return tracer

        def serve(worker):
            client = HttpClient('https://api.internal')
            return sum(client.send('GET', f'/accounts/{worker}/invoices/{n}') == 200 for n in range(900))

        answered = 0
        for worker in range(40):
            tracer = start_worker(worker)
            answered += serve(worker)
        print(answered, len(tracer.spans))
        return tracer, HttpClient


if __name__ == "__main__":
    kept = run()
