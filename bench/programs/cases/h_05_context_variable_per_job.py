import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('05 context variable per job')
class _:
    def setup():
        import contextvars
    def bad():
        import contextvars
        class Job:
            def __init__(self,name):
                self.name=name
                self.scratch=contextvars.ContextVar(f'scratch of {name}')
            def run(self,size):
                self.scratch.set(bytearray(i%251 for i in range(100))*(size//100))
                return self.finish()
            def finish(self):
                return sum(self.scratch.get())
        print('checksum',sum(Job(f'job-{i}').run(200_000) for i in range(250)))
    def good():
        import contextvars
        scratch=contextvars.ContextVar('scratch')
        class Job:
            def __init__(self,name):
                self.name=name
            def run(self,size):
                token=scratch.set(bytearray(i%251 for i in range(100))*(size//100))
                try:
                    return self.finish()
                finally:
                    scratch.reset(token)
            def finish(self):
                return sum(scratch.get())
        print('checksum',sum(Job(f'job-{i}').run(200_000) for i in range(250)))


if __name__ == "__main__":
    kept = run()
