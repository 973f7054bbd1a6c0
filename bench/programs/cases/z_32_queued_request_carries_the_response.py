import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 queued request carries the response')
class _:
    def bad():
        from collections import deque
        class Request:
            def __init__(s,url,meta): s.url=url; s.meta=meta
        class Response:
            def __init__(s,i): s.url=f'/list/{i}'; s.title=f'list {i}'; s.body=bytearray(b'x')*500_000
        pending=deque()
        for i in range(200):
            response=Response(i)
            for k in range(5): pending.append(Request(f'/item/{i}/{k}',{'response':response}))
        return pending
    def good():
        from collections import deque
        class Request:
            def __init__(s,url,meta): s.url=url; s.meta=meta
        class Response:
            def __init__(s,i): s.url=f'/list/{i}'; s.title=f'list {i}'; s.body=bytearray(b'x')*500_000
        pending=deque()
        for i in range(200):
            response=Response(i)
            for k in range(5): pending.append(Request(f'/item/{i}/{k}',{'title':response.title}))
        return pending


if __name__ == "__main__":
    kept = run()
