import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 SSL context per client')
class _:
    def setup(): import ssl, certifi
    def bad():
        import ssl, certifi
        class Client:
            def __init__(s,host): s.host=host; s.ctx=ssl.create_default_context(cafile=certifi.where())
        return {h:Client(h) for h in (f'tenant{i}.example.com' for i in range(120))}
    def good():
        import ssl, certifi
        ctx=ssl.create_default_context(cafile=certifi.where())
        class Client:
            def __init__(s,host): s.host=host; s.ctx=ctx
        return {h:Client(h) for h in (f'tenant{i}.example.com' for i in range(120))}


if __name__ == "__main__":
    kept = run()
