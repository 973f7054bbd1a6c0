import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('13 crawler collects every cookie')
class _:
    def setup():
        import http.server, http.cookiejar, threading, urllib.request
        global cookie_url
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version='HTTP/1.0'
            def do_GET(self):
                self.send_response(200)
                for k in range(14):
                    self.send_header('Set-Cookie',f'track{k}={self.path[1:]}-{"v"*3900}; Path={self.path}')
                self.end_headers()
                self.wfile.write(b'<html>ok</html>')
            def log_message(self,*args):
                pass
        server=http.server.ThreadingHTTPServer(('127.0.0.1',0),Handler)
        threading.Thread(target=server.serve_forever,daemon=True).start()
        cookie_url=f'http://127.0.0.1:{server.server_port}'
        jar=http.cookiejar.CookieJar()
        opener=urllib.request.build_opener(urllib.request.ProxyHandler({}),urllib.request.HTTPCookieProcessor(jar))
        opener.open(cookie_url+'/warm').read()
    def bad():
        import http.cookiejar
        import urllib.request
        class Crawler:
            def __init__(self):
                self.cookies=http.cookiejar.CookieJar()
                self.opener=urllib.request.build_opener(urllib.request.ProxyHandler({}),urllib.request.HTTPCookieProcessor(self.cookies))
            def fetch(self,url):
                with self.opener.open(url) as response:
                    return response.read()
        crawler=Crawler()
        print('bytes',sum(len(crawler.fetch(f'{cookie_url}/page/{i}')) for i in range(560)))
        return crawler
    def good():
        import http.cookiejar
        import urllib.request
        class Crawler:
            def __init__(self):
                policy=http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
                self.cookies=http.cookiejar.CookieJar(policy)
                self.opener=urllib.request.build_opener(urllib.request.ProxyHandler({}),urllib.request.HTTPCookieProcessor(self.cookies))
            def fetch(self,url):
                with self.opener.open(url) as response:
                    return response.read()
        crawler=Crawler()
        print('bytes',sum(len(crawler.fetch(f'{cookie_url}/page/{i}')) for i in range(560)))
        return crawler


if __name__ == "__main__":
    kept = run()
