import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def serve_blob(size):
    import http.server, threading
    class Blob(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.send_header('Content-Length',str(size)); self.end_headers()
            chunk=b'k'*65536
            for _ in range(size//len(chunk)): self.wfile.write(chunk)
        def do_HEAD(self): self.send_response(200); self.send_header('Content-Length','0'); self.end_headers()
        def log_message(self,*a): pass
    srv=http.server.ThreadingHTTPServer(('127.0.0.1',0),Blob)
    threading.Thread(target=srv.serve_forever,daemon=True).start()
    return srv
@case('49 download held in memory')
class _:
    def setup():
        global blob_server
        import requests
        blob_server=serve_blob(768*65536)
        requests.head(f'http://127.0.0.1:{blob_server.server_port}/')
    def bad():
        import requests
        with tempfile.TemporaryFile() as out:
            r=requests.get(f'http://127.0.0.1:{blob_server.server_port}/model.bin')
            r.raise_for_status()
            out.write(r.content)
            print('saved',out.tell())
    def good():
        import requests
        with tempfile.TemporaryFile() as out:
            with requests.get(f'http://127.0.0.1:{blob_server.server_port}/model.bin',stream=True) as r:
                r.raise_for_status()
                for chunk in r.iter_content(65536): out.write(chunk)
            print('saved',out.tell())


if __name__ == "__main__":
    kept = run()
