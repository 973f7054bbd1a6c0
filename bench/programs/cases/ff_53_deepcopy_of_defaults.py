import copy
import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


DEFAULTS = {
    "retry": {"count": 3, "delay": 1.5, "codes": [429, 500, 502, 503]},
    "http": {"timeout": 30, "verify": True, "headers": {"accept": "application/json", "user-agent": "crawler/2"}},
    "output": {"format": "json", "fields": ["id", "title", "price"], "compress": False},
}


class Job:
    __slots__ = ("url", "settings")

    def __init__(self, url, settings):
        self.url, self.settings = url, settings


@case('53 deepcopy of the default settings for every job')
class _:
    def bad():
        jobs = []
        for i in range(20_000):
            settings = copy.deepcopy(DEFAULTS)
            settings["retry"]["count"] = i % 5
            jobs.append(Job(f"https://example.com/{i}", settings))
        return jobs

    def good():
        jobs, by_count = [], {}
        for i in range(20_000):
            settings = by_count.get(i % 5)
            if settings is None:
                settings = by_count[i % 5] = {**DEFAULTS, "retry": {**DEFAULTS["retry"], "count": i % 5}}
            jobs.append(Job(f"https://example.com/{i}", settings))
        return jobs


if __name__ == "__main__":
    kept = run()
