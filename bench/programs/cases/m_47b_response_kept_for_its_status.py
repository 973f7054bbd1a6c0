import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47b response kept for its status')
class _:
    def setup(): import requests
    def run(good):
        import requests, io
        class Local(requests.adapters.BaseAdapter):
            def send(s,req,**kw):
                r=requests.Response(); r.status_code=200; r.url=req.url; r.request=req; r.raw=io.BytesIO(b'x'*500_000); return r
            def close(s): pass
        s=requests.Session(); s.mount('local://',Local()); report=[]
        for i in range(200):
            r=s.get(f'local://page/{i}')
            report.append((r.url,r.status_code) if good else r)
        return report
    def bad(): return CASES['47b response kept for its status'].run(False)
    def good(): return CASES['47b response kept for its status'].run(True)


if __name__ == "__main__":
    kept = run()
