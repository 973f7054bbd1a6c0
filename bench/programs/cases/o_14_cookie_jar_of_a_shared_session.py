import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 cookie jar of a shared session')
class _:
    def setup(): import requests, http.cookiejar, urllib.request, email.message
    def run(s):
        from urllib.request import Request
        from email.message import Message
        class Answer:
            def __init__(a,i): a.m=Message(); a.m['Set-Cookie']=f'sid=%0300d; Path=/; Max-Age=99999'%i
            def info(a): return a.m
        for i in range(40_000): s.cookies.extract_cookies(Answer(i),Request(f'http://shop{i}.example.com/'))
        return s
    def bad():
        import requests
        return CASES['14 cookie jar of a shared session'].run(requests.Session())
    def good():
        import requests
        from http.cookiejar import DefaultCookiePolicy
        s=requests.Session(); s.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return CASES['14 cookie jar of a shared session'].run(s)


if __name__ == "__main__":
    kept = run()
