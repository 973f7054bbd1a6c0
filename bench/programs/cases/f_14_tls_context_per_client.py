import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 TLS context per client')
class _:
    def setup(): import httpx, ssl, certifi
    def bad():
        import httpx
        clients={}
        def client_for(tenant):
            if tenant not in clients:
                clients[tenant]=httpx.Client(base_url=f'https://{tenant}.example.com',headers={'x-tenant':tenant})
            return clients[tenant]
        print('hosts',len({client_for(f't{i}').base_url.host for i in range(80)}))
        return clients
    def good():
        import httpx, ssl, certifi
        clients={}
        tls=ssl.create_default_context(cafile=certifi.where())
        def client_for(tenant):
            if tenant not in clients:
                clients[tenant]=httpx.Client(base_url=f'https://{tenant}.example.com',headers={'x-tenant':tenant},verify=tls)
            return clients[tenant]
        print('hosts',len({client_for(f't{i}').base_url.host for i in range(80)}))
        return clients


if __name__ == "__main__":
    kept = run()
