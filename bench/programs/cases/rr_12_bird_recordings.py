import random
import zlib
from array import array
from functools import cached_property

from harness import case, run

RATE = 8_000


def capture(seed, seconds=90):
    """A recorder's packed samples: mostly hiss, now and then a call."""
    rng = random.Random(seed)
    hiss = array("h", (rng.randrange(-300, 300) for _ in range(RATE // 4)))
    call = array("h", (9_000 if tick % 16 < 8 else -9_000 for tick in range(RATE // 4)))
    quarters = (call if quarter % (5 + seed % 7) == 0 else hiss for quarter in range(seconds * 4))
    return zlib.compress(b"".join(map(bytes, quarters)), 1)


class Recording:
    def __init__(self, site, packed):
        self.site = site
        self.packed = packed

    @cached_property
    def samples(self):
        return array("h", zlib.decompress(self.packed))

    @cached_property
    def peak(self):
        return max(self.samples[::8])

    @cached_property
    def calls(self):
        samples, window = self.samples, RATE // 4
        return sum(max(samples[start:start + window:8]) > 5_000 for start in range(0, len(samples), window))


class LightRecording(Recording):
    @property
    def samples(self):
        return array("h", zlib.decompress(self.packed))


class Season:
    """The recordings of a season, listed on the biologist's screen."""

    def __init__(self, recordings):
        self.recordings = recordings

    def listing(self):
        return [f"site {item.site:02d} calls {item.calls:3d} peak {item.peak}" for item in self.recordings]

    def loudest(self):
        return max(self.recordings, key=lambda item: (item.calls, item.site))


def review(kind):
    season = Season([kind(site, capture(site)) for site in range(46)])
    lines = season.listing()
    print(len(lines), "recordings, loudest", season.loudest().site, zlib.crc32("".join(lines).encode()))
    return season


@case("rr 12 bird recordings")
class _:
    def bad():
        return review(Recording)

    def good():
        return review(LightRecording)


if __name__ == "__main__":
    kept = run()
