import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('38 unregister skipped when the handler fails')
class _:
    def bad():
        clients=set()
        class Client:
            def __init__(s): s.buf=bytearray(b'x')*300_000
        def serve(c,i):
            clients.add(c)
            if i%2: raise ConnectionResetError
            clients.discard(c)
        for i in range(600):
            try: serve(Client(),i)
            except ConnectionResetError: pass
        return clients
    def good():
        clients=set()
        class Client:
            def __init__(s): s.buf=bytearray(b'x')*300_000
        def serve(c,i):
            clients.add(c)
            try:
                if i%2: raise ConnectionResetError
            finally: clients.discard(c)
        for i in range(600):
            try: serve(Client(),i)
            except ConnectionResetError: pass
        return clients


if __name__ == "__main__":
    kept = run()
