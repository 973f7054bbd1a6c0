"""A query service that keeps the serialised answers of recent queries in a cache in front of the store."""
import hashlib
import json

from cachetools import LRUCache

from harness import case, run


class Store:
    def __init__(self, rows):
        self.lines = [json.dumps({"id": i, "v": i * 7919 % 9973}).encode() for i in range(rows)]

    def answer(self, query):
        seed = int(hashlib.md5(query.encode()).hexdigest()[:6], 16)
        return b"[" + b", ".join(self.lines[seed % 50::1 + seed % 4]) + b"]"


class QueryService:
    def __init__(self, store, cache):
        self.store = store
        self.cache = cache
        self.misses = 0

    def fetch(self, query):
        hit = self.cache.get(query)
        if hit is not None:
            return hit
        self.misses += 1
        body = self.store.answer(query)
        try:
            self.cache[query] = body
        except ValueError:
            pass
        return body


def traffic(requests):
    for n in range(requests):
        yield f"select * from tile_{n * 7919 % 230}"


def serve(service, requests):
    digest, sent = 0, 0
    for query in traffic(requests):
        body = service.fetch(query)
        sent += len(body)
        digest = (digest * 31 + len(body)) % 1000003
    print(requests, sent, digest)
    return service


def result_cache():
    return LRUCache(maxsize=256)


def sized_result_cache():
    return LRUCache(maxsize=8 * 2**20, getsizeof=len)


@case("yy 05 result cache")
class _:
    def bad():
        return serve(QueryService(Store(24000), result_cache()), 2400)

    def good():
        return serve(QueryService(Store(24000), sized_result_cache()), 2400)


if __name__ == "__main__":
    kept = run()
