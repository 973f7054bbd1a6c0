import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('09 parse error keeps the document')
class _:
    def setup():
        import json
    def bad():
        import json
        def fetch(i):
            body='{"id": %d, "items": ['%i+'1, '*100_000
            return body+'2]}' if i%4==0 else body
        failed={}
        loaded=0
        for i in range(240):
            try:
                loaded+=len(json.loads(fetch(i))['items'])
            except json.JSONDecodeError as exc:
                failed[i]=exc.with_traceback(None)
        print('loaded',loaded,'failed',len(failed),failed[1])
        return failed
    def good():
        import json
        def fetch(i):
            body='{"id": %d, "items": ['%i+'1, '*100_000
            return body+'2]}' if i%4==0 else body
        failed={}
        loaded=0
        for i in range(240):
            try:
                loaded+=len(json.loads(fetch(i))['items'])
            except json.JSONDecodeError as exc:
                failed[i]=str(exc)
        print('loaded',loaded,'failed',len(failed),failed[1])
        return failed


if __name__ == "__main__":
    kept = run()
