"""Rebuilds user sessions from a proxy access log."""
import os
import tempfile
from itertools import groupby
from operator import attrgetter

SESSION_GAP = 1800


class Hit:
    __slots__ = ("ts", "client", "host", "route", "agent", "status")

    def __init__(self, ts, client, host, route, agent, status):
        self.ts = ts
        self.client = client
        self.host = host
        self.route = route
        self.agent = agent
        self.status = status


def write_log(path, count):
    hosts = [f"edge-{n:02d}.{zone}.example.net" for n in range(12) for zone in ("eu", "us")]
    routes = [f"/api/v2/resource{n}/collection/items" for n in range(80)]
    agents = [f"Mozilla/5.0 (X11; Linux x86_64) Gecko/201{n % 10}0101 Firefox/{60 + n}.0"
              for n in range(40)]
    ts = 1_700_000_000
    with open(path, "w") as out:
        for n in range(count):
            ts += n * 31 % 5 % 3
            client = n * 7919 // 11 % 2003
            out.write(f"{ts}\t10.0.{client // 256}.{client % 256}\t{hosts[n * 5 // 3 % 24]}\t"
                      f"{routes[n * 13 // 7 % 80]}\t{agents[client % 40]}\t"
                      f"{(200, 200, 304, 404, 502)[n * 7 // 9 % 5]}\n")


def parse_line(line):
    ts, client, host, route, agent, status = line.rstrip("\n").split("\t")
    return Hit(int(ts), client, host, route, agent, int(status))


def read_hits(path):
    with open(path) as lines:
        return [parse_line(line) for line in lines]


def sessions(hits):
    hits.sort(key=attrgetter("client"))
    for client, group in groupby(hits, key=attrgetter("client")):
        current = []
        for hit in group:
            if current and hit.ts - current[-1].ts > SESSION_GAP:
                yield client, current
                current = []
            current.append(hit)
        yield client, current


def summarise(hits):
    longest, errors, count = (0, ""), {}, 0
    for client, session in sessions(hits):
        count += 1
        length = session[-1].ts - session[0].ts
        longest = max(longest, (length, client))
        if any(h.status >= 500 for h in session):
            last = session[-1]
            errors[last.host] = errors.get(last.host, 0) + 1
    return count, longest, errors


def busiest(hits, field):
    counts = {}
    for hit in hits:
        key = getattr(hit, field)
        counts[key] = counts.get(key, 0) + 1
    return max(counts.items(), key=lambda kv: (kv[1], kv[0]))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "access.log")
        write_log(path, 180_000)
        hits = read_hits(path)
    count, longest, errors = summarise(hits)
    print("hits", len(hits), "sessions", count, "longest", longest)
    for host in sorted(errors)[:5]:
        print(host, errors[host])
    for field in ("host", "route", "agent"):
        print(field, busiest(hits, field))


if __name__ == "__main__":
    main()
