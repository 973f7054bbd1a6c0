"""Renders map tiles in a pool; callers get told through a callback."""
import hashlib
import random
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import NamedTuple

from harness import CASES, D, case, fixture, run


class Tile(NamedTuple):
    zoom: int
    column: int
    row: int


def render(tile):
    """The rendered picture; its size depends on what is to be seen on the tile."""
    rng = random.Random(hash(tile))
    return rng.randbytes(rng.randrange(40_000, 90_000))


class TileStore:
    """Where the finished tiles go: here only their digest is noted."""

    def __init__(self):
        self.digests = {}
        self._lock = threading.Lock()

    def put(self, tile, picture):
        digest = hashlib.blake2b(picture, digest_size=12).digest()
        with self._lock:
            self.digests[tile] = digest


class RenderService:
    def __init__(self, store, workers=2):
        self.store = store
        self.pool = ThreadPoolExecutor(workers, thread_name_prefix="render")

    def request(self, tile):
        future = self.pool.submit(render, tile)
        future.add_done_callback(lambda done, tile=tile: self._deliver(tile, done))
        self._remember(future)

    def _deliver(self, tile, done):
        self.store.put(tile, done.result())

    def _remember(self, future):
        raise NotImplementedError

    def outstanding(self):
        raise NotImplementedError

    def drain(self):
        wait(self.outstanding())


class ListedRenderService(RenderService):
    def __init__(self, store):
        super().__init__(store)
        self._jobs = []

    def _remember(self, future):
        self._jobs.append(future)

    def outstanding(self):
        return [job for job in self._jobs if not job.done()]


class PrunedRenderService(RenderService):
    def __init__(self, store):
        super().__init__(store)
        self._jobs = set()

    def _remember(self, future):
        self._jobs.add(future)
        future.add_done_callback(self._jobs.discard)

    def outstanding(self):
        return list(self._jobs)


def region(service_class):
    service = service_class(TileStore())
    for column in range(40):
        for row in range(25):
            service.request(Tile(12, 2100 + column, 1300 + row))
        service.drain()
    return service


@case('05 futures of finished jobs stay listed')
class _:
    def bad():
        return region(ListedRenderService)

    def good():
        return region(PrunedRenderService)


if __name__ == "__main__":
    kept = run()
