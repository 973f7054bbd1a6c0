import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 JSONDecodeError keeps the document')
class _:
    def run(note):
        import json
        errs=[]
        for i in range(120):
            body='{"id":%d,"text":"%s"'%(i,'x'*1_000_000)
            try: json.loads(body)
            except json.JSONDecodeError as e: errs.append(note(e))
        return errs
    def bad():
        return CASES['03 JSONDecodeError keeps the document'].run(lambda e: e.with_traceback(None))
    def good():
        return CASES['03 JSONDecodeError keeps the document'].run(lambda e: (e.msg,e.pos))


if __name__ == "__main__":
    kept = run()
