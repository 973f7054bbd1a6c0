import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('35 bound method stored on self')
class _:
    def bad():
        class Parser:
            def __init__(s): s.buf=bytearray(b'x')*1_000_000; s.handler=s.on_data
            def on_data(s): return len(s.buf)
        n=0
        for i in range(150): n+=Parser().handler()
        return n
    def good():
        class Parser:
            handler_name='on_data'
            def __init__(s): s.buf=bytearray(b'x')*1_000_000
            def handler(s): return getattr(s,s.handler_name)()
            def on_data(s): return len(s.buf)
        n=0
        for i in range(150): n+=Parser().handler()
        return n


if __name__ == "__main__":
    kept = run()
