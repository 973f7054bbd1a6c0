import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Gateway:
    """Every tenant has a client of its own, so that no cookie or header passes from one to another."""

    def __init__(self):
        self.clients = {}

    def client(self, tenant):
        if tenant not in self.clients:
            self.clients[tenant] = self.new_client(tenant)
        return self.clients[tenant]

    def new_client(self, tenant):
        import httpx
        return httpx.Client(base_url=f'http://backend.local/{tenant}', headers={'x-tenant': tenant})


class SharedContextGateway(Gateway):
    def __init__(self):
        import httpx
        super().__init__()
        self.ssl_context = httpx.create_ssl_context()

    def new_client(self, tenant):
        import httpx
        return httpx.Client(base_url=f'http://backend.local/{tenant}', headers={'x-tenant': tenant},
                            verify=self.ssl_context)


def route(gateway, tenants):
    urls = []
    for number in range(tenants):
        request = gateway.client(f'tenant-{number}').build_request('GET', '/status')
        urls.append(str(request.url))
    return urls


@case('14 an SSL context for every client')
class _:
    def setup(): import httpx
    def bad():
        gateway = Gateway()
        return gateway, route(gateway, 75)
    def good():
        gateway = SharedContextGateway()
        return gateway, route(gateway, 75)


if __name__ == "__main__":
    kept = run()
