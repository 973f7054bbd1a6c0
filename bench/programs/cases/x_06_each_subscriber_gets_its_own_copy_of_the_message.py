import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 each subscriber gets its own copy of the message')
class _:
    def bad():
        from collections import deque
        outboxes=[deque(maxlen=30) for _ in range(300)]
        for n in range(30):
            msg={'n':n,'body':'tick '*2_000}
            for box in outboxes: box.append(json.dumps(msg).encode())
        return outboxes
    def good():
        from collections import deque
        outboxes=[deque(maxlen=30) for _ in range(300)]
        for n in range(30):
            msg={'n':n,'body':'tick '*2_000}
            frame=json.dumps(msg).encode()
            for box in outboxes: box.append(frame)
        return outboxes


if __name__ == "__main__":
    kept = run()
