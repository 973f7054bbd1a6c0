import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 response kept for its status')
class _:
    def setup():
        import http.server, threading, requests
        global page_server
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(404 if self.path.endswith('7') else 200)
                self.send_header('Content-Length',str(16*65536))
                self.end_headers()
                for _ in range(16):
                    self.wfile.write(PAGE)
            def log_message(self,*args):
                pass
        page_server=http.server.ThreadingHTTPServer(('127.0.0.1',0),Handler)
        threading.Thread(target=page_server.serve_forever,daemon=True).start()
        requests.get(f'http://127.0.0.1:{page_server.server_port}/')
    def bad():
        import requests
        base=f'http://127.0.0.1:{page_server.server_port}'
        checked={}
        with requests.Session() as session:
            for i in range(60):
                checked[f'/page/{i}']=session.get(f'{base}/page/{i}')
        broken=[path for path,response in checked.items() if not response.ok]
        print('broken',broken)
        return checked
    def good():
        import requests
        base=f'http://127.0.0.1:{page_server.server_port}'
        checked={}
        with requests.Session() as session:
            for i in range(60):
                checked[f'/page/{i}']=session.get(f'{base}/page/{i}').status_code
        broken=[path for path,status in checked.items() if status>=400]
        print('broken',broken)
        return checked
PAGE=b'<p>page</p>\n'.ljust(65536)


if __name__ == "__main__":
    kept = run()
