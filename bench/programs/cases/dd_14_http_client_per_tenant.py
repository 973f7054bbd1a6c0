import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class TenantBad:
    def __init__(self, name):
        import httpx
        self.name = name
        self.http = httpx.Client(base_url=f'https://{name}.example.com', timeout=5)
    def request(self, path):
        return self.http.build_request('GET', path)


class TenantGood:
    def __init__(self, name, http):
        self.base, self.name, self.http = f'https://{name}.example.com', name, http
    def request(self, path):
        return self.http.build_request('GET', self.base + path)


@case('14 an HTTP client per tenant')
class _:
    def setup(): import httpx
    def bad():
        tenants = {}
        for i in range(60):
            t = tenants[i] = TenantBad(f'tenant-{i}')
            assert t.request('/v1/usage').url.host == f'tenant-{i}.example.com'
        return tenants
    def good():
        import httpx
        http = httpx.Client(timeout=5); tenants = {}
        for i in range(60):
            t = tenants[i] = TenantGood(f'tenant-{i}', http)
            assert t.request('/v1/usage').url.host == f'tenant-{i}.example.com'
        return tenants


if __name__ == "__main__":
    kept = run()
