import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


from collections import Counter


def build(path):
    with open(path, 'w') as f:
        f.write('[')
        for i in range(60_000):
            if i: f.write(',\n')
            json.dump({'id': i, 'type': ('PushEvent', 'IssuesEvent', 'WatchEvent')[i % 3], 'actor': {'login': f'user{i % 4000}', 'url': f'https://api.example/users/{i}'},
                       'repo': {'id': i * 7, 'name': f'org{i % 50}/repo{i}'}, 'public': True, 'payload': {'size': i % 9, 'ref': f'refs/heads/b{i}'}}, f)
        f.write(']')


def stream(f, size=1 << 16):
    """Elements of a JSON array of objects, one at a time."""
    decode = json.JSONDecoder().raw_decode
    buf = f.read(size).lstrip()[1:]
    while True:
        buf = buf.lstrip(' \n,')
        try:
            item, end = decode(buf)
        except ValueError:
            more = f.read(size)
            if not more: return
            buf += more
            continue
        yield item
        buf = buf[end:]


@case('55 json.load of a whole array to count two fields')
class _:
    def setup(): fixture('d5_events.json', build)
    def bad():
        by_actor = Counter()
        with open(D + '/d5_events.json') as f:
            data = json.load(f)
        for ev in data:
            by_actor[ev['actor']['login'], ev['type']] += 1
        return by_actor
    def good():
        by_actor = Counter()
        with open(D + '/d5_events.json') as f:
            for ev in stream(f, 1 << 14):
                by_actor[ev['actor']['login'], ev['type']] += 1
        return by_actor


if __name__ == "__main__":
    kept = run()
