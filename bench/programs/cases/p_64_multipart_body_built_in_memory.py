import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def _video():
    p=D+'/video-p.bin'
    if not os.path.exists(p):
        with open(p,'wb') as f:
            for i in range(60): f.write(bytes([i])*1_000_000)
    return p


@case('64 multipart body built in memory')
class _:
    def setup(): import requests; _video()
    def send(body):
        import hashlib
        h=hashlib.sha256()
        for block in body: h.update(block)
        return h.hexdigest()
    def bad():
        import requests
        with open(_video(),'rb') as f:
            r=requests.Request('POST','http://localhost/upload',files={'video':f}).prepare()
            return CASES['64 multipart body built in memory'].send([r.body])
    def good():
        import requests
        def parts(f):
            yield b'--x\r\nContent-Disposition: form-data; name="video"; filename="video-p.bin"\r\n\r\n'
            while block:=f.read(65536): yield block
            yield b'\r\n--x--\r\n'
        with open(_video(),'rb') as f:
            r=requests.Request('POST','http://localhost/upload',data=parts(f),headers={'Content-Type':'multipart/form-data; boundary=x'}).prepare()
            return CASES['64 multipart body built in memory'].send(r.body)


if __name__ == "__main__":
    kept = run()
