import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def recorded_answer(order):
    return b'{"order": %06d, "lines": [' % order + b'{"sku": "A-1001", "count": 2},' * 900 + b'{}]}'


@case('08 stub adapters stay mounted')
class _:
    def setup():
        import requests
        import requests.adapters

    def bad():
        import requests
        from requests.adapters import BaseAdapter

        class RecordedAdapter(BaseAdapter):
            def __init__(self, body):
                super().__init__()
                self.body = body

            def send(self, request, **kwargs):
                answer = requests.Response()
                answer.status_code = 200
                answer.url = request.url
                answer.request = request
                answer._content = self.body
                return answer

            def close(self):
                self.body = None

        session = requests.Session()
        session.trust_env = False

        def check_order(order):
            url = f"https://shop.example.org/orders/{order:06d}"
            session.mount(url, RecordedAdapter(recorded_answer(order)))
            return session.get(url).content.count(b"sku")

        lines = sum(check_order(order) for order in range(2_800))
        print(f"2800 orders checked, {lines} order lines")
        return session

    def good():
        import requests
        from requests.adapters import BaseAdapter

        class RecordedAdapter(BaseAdapter):
            def __init__(self, body):
                super().__init__()
                self.body = body

            def send(self, request, **kwargs):
                answer = requests.Response()
                answer.status_code = 200
                answer.url = request.url
                answer.request = request
                answer._content = self.body
                return answer

            def close(self):
                self.body = None

        session = requests.Session()
        session.trust_env = False

        def check_order(order):
            url = f"https://shop.example.org/orders/{order:06d}"
            session.mount(url, RecordedAdapter(recorded_answer(order)))
            try:
                return session.get(url).content.count(b"sku")
            finally:
                session.adapters.pop(url).close()

        lines = sum(check_order(order) for order in range(2_800))
        print(f"2800 orders checked, {lines} order lines")
        return session


if __name__ == "__main__":
    kept = run()
