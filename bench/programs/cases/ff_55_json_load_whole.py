import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def events(path):
    with open(path, "w") as f:
        f.write("[")
        for i in range(60_000):
            f.write(("," if i else "") + json.dumps({
                "id": i, "type": ("push", "fork", "star")[i % 3], "size": i * 31 % 1013,
                "actor": {"login": f"user{i * 17 % 5003}", "site_admin": False, "url": f"https://api.example.com/u/{i}"},
                "payload": {"ref": f"refs/heads/{i % 71}", "commits": [{"sha": f"{i * 7919:040x}", "n": i % 9}]}}))
        f.write("]")


@case('55 json.load builds all of the document for three fields')
class _:
    def setup(): import msgspec

    def bad():
        with open(fixture("e6_events.json", events)) as f:
            data = json.load(f)
        sizes = {}
        for e in data:
            sizes[e["type"]] = sizes.get(e["type"], 0) + e["size"]
        return sizes

    def good():
        import typing, msgspec
        Kind = typing.Literal["push", "fork", "star"]
        Event = msgspec.defstruct("Event", [("type", Kind), ("size", int)], gc=False)
        with open(fixture("e6_events.json", events), "rb") as f:
            data = msgspec.json.decode(f.read(), type=list[Event])
        sizes = {}
        for e in data:
            sizes[e.type] = sizes.get(e.type, 0) + e.size
        return sizes


if __name__ == "__main__":
    kept = run()
