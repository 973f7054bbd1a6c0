import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('31 multipart upload built in memory')
class _:
    def setup():
        import http.server, threading, requests, httpx
        global upload_server
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                left=int(self.headers['Content-Length'])
                while left:
                    left-=len(self.rfile.read(min(left,65536)))
                self.send_response(201)
                self.send_header('Content-Length','0')
                self.end_headers()
            def log_message(self,*args):
                pass
        upload_server=http.server.ThreadingHTTPServer(('127.0.0.1',0),Handler)
        threading.Thread(target=upload_server.serve_forever,daemon=True).start()
        url=f'http://127.0.0.1:{upload_server.server_port}/'
        requests.post(url,files={'file':b'x'})
        httpx.post(url,files={'file':b'x'})
        def build(path):
            with open(path,'wb') as f:
                for i in range(48):
                    f.write(bytes([i])*1_000_000)
        fixture('video48.bin',build)
    def bad():
        import requests
        url=f'http://127.0.0.1:{upload_server.server_port}/videos'
        with open(os.path.join(D,'video48.bin'),'rb') as f:
            response=requests.post(url,data={'title':'holiday'},files={'file':f})
        print('status',response.status_code)
    def good():
        import httpx
        url=f'http://127.0.0.1:{upload_server.server_port}/videos'
        with open(os.path.join(D,'video48.bin'),'rb') as f:
            response=httpx.post(url,data={'title':'holiday'},files={'file':f})
        print('status',response.status_code)


if __name__ == "__main__":
    kept = run()
