import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 HTTP client per call')
class _:
    def setup(): import httpx
    def bad():
        import httpx
        clients={}
        def client(user):
            if user not in clients: clients[user]=httpx.Client(headers={'X-User':user})
            return clients[user]
        for i in range(80): client(f'user-{i}').build_request('GET','http://localhost/')
        return clients
    def good():
        import httpx
        shared=httpx.Client()
        for i in range(80): shared.build_request('GET','http://localhost/',headers={'X-User':f'user-{i}'})
        return shared


if __name__ == "__main__":
    kept = run()
