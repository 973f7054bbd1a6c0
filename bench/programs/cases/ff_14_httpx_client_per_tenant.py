import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 an httpx client, and so an SSL context, for every tenant')
class _:
    def setup(): import httpx

    def bad():
        import httpx
        clients = {}
        for i in range(120):
            name = f"tenant-{i:03d}"
            clients[name] = httpx.Client(
                base_url=f"https://{name}.example.com/api",
                headers={"x-tenant": name},
                timeout=10,
            )
        return clients

    def good():
        import httpx
        context = httpx.create_ssl_context()
        clients = {}
        for i in range(120):
            name = f"tenant-{i:03d}"
            clients[name] = httpx.Client(
                base_url=f"https://{name}.example.com/api",
                headers={"x-tenant": name},
                timeout=10,
                verify=context,
            )
        return clients


if __name__ == "__main__":
    kept = run()
