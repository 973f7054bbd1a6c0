import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 lazy tenant keeps the request')
class _:
    def setup(): import django.utils.functional
    def bad():
        from django.utils.functional import SimpleLazyObject
        class Request:
            def __init__(s,host,body): s.host=host; s.body=body
        class Tenant:
            def __init__(s,name): s.name=name
        def middleware(request):
            request.tenant=SimpleLazyObject(lambda: Tenant(request.host)); return request
        online={}
        for i in range(200):
            request=middleware(Request(f'shop{i}.example.com',bytearray(b'x')*500_000))
            if request.tenant.name: online[request.host]=request.tenant
        del request; gc.collect(); return online
    def good():
        from django.utils.functional import SimpleLazyObject
        class Request:
            def __init__(s,host,body): s.host=host; s.body=body
        class Tenant:
            def __init__(s,name): s.name=name
        def middleware(request):
            host=request.host
            request.tenant=SimpleLazyObject(lambda: Tenant(host)); return request
        online={}
        for i in range(200):
            request=middleware(Request(f'shop{i}.example.com',bytearray(b'x')*500_000))
            if request.tenant.name: online[request.host]=request.tenant
        del request; gc.collect(); return online


if __name__ == "__main__":
    kept = run()
