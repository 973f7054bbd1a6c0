import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 ContextVar made per request')
class _:
    def bad():
        import contextvars
        class Request:
            def __init__(s): s.user=contextvars.ContextVar('user'); s.user.set(bytearray(b'x')*300_000)
            def handle(s): return len(s.user.get())
        return sum(Request().handle() for i in range(300))
    def good():
        import contextvars
        user=contextvars.ContextVar('user')
        class Request:
            def handle(s):
                t=user.set(bytearray(b'x')*300_000)
                try: return len(user.get())
                finally: user.reset(t)
        return sum(Request().handle() for i in range(300))


if __name__ == "__main__":
    kept = run()
