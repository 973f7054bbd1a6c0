import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Repo:
    def __init__(self, name, http=None):
        import httpx
        self.name = name
        self.http = http or httpx.Client(base_url='https://api.example.org', timeout=5)

    def request(self):
        return self.http.build_request('GET', f'/repos/{self.name}')


@case('14 an HTTP client (and its TLS context) per object')
class _:
    def setup(): import httpx, ssl, certifi
    def bad():
        repos = [Repo(f'org/project-{i}') for i in range(100)]
        urls = [str(r.request().url) for r in repos]
        return repos, urls
    def good():
        import httpx
        http = httpx.Client(base_url='https://api.example.org', timeout=5)
        repos = [Repo(f'org/project-{i}', http) for i in range(100)]
        urls = [str(r.request().url) for r in repos]
        return repos, urls


if __name__ == "__main__":
    kept = run()
