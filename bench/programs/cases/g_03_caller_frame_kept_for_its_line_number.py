import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 caller frame kept for its line number')
class _:
    def setup():
        import inspect
        inspect.stack()
    def bad():
        import inspect
        class Tracer:
            def __init__(self):
                self.spans=[]
            def start(self,name):
                caller=inspect.stack(0)[1]
                self.spans.append((name,caller))
            def report(self):
                return sorted({(name,info.function) for name,info in self.spans})
        tracer=Tracer()
        def import_batch(i):
            rows=bytearray(b'r')*300_000
            tracer.start('import')
            return len(rows)
        total=sum(import_batch(i) for i in range(200))
        print('bytes',total,tracer.report())
        return tracer
    def good():
        import sys
        class Tracer:
            def __init__(self):
                self.spans=[]
            def start(self,name):
                frame=sys._getframe(1)
                self.spans.append((name,frame.f_code.co_name,frame.f_lineno))
            def report(self):
                return sorted({(name,function) for name,function,line in self.spans})
        tracer=Tracer()
        def import_batch(i):
            rows=bytearray(b'r')*300_000
            tracer.start('import')
            return len(rows)
        total=sum(import_batch(i) for i in range(200))
        print('bytes',total,tracer.report())
        return tracer


if __name__ == "__main__":
    kept = run()
