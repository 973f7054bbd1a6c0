import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('39 uploads on a process-long ExitStack')
class _:
    def setup(): import contextlib, tempfile, hashlib
    def bad():
        import contextlib, hashlib
        class Server:
            def __init__(self): self.resources=contextlib.ExitStack()
            def receive(self,i):
                f=self.resources.enter_context(tempfile.SpooledTemporaryFile(max_size=1<<20))
                for _ in range(8): f.write(b'%07d'%i*8000)
                f.seek(0)
                return hashlib.sha1(f.read()).digest()[0]
        server=Server()
        print('digest',sum(server.receive(i) for i in range(120)))
        return server
    def good():
        import contextlib, hashlib
        class Server:
            def __init__(self): self.resources=contextlib.ExitStack()
            def receive(self,i):
                with tempfile.SpooledTemporaryFile(max_size=1<<20) as f:
                    for _ in range(8): f.write(b'%07d'%i*8000)
                    f.seek(0)
                    return hashlib.sha1(f.read()).digest()[0]
        server=Server()
        print('digest',sum(server.receive(i) for i in range(120)))
        return server


if __name__ == "__main__":
    kept = run()
