from array import array
from bisect import bisect_left
from datetime import datetime, timezone

from harness import case, fixture, run

START = 1_764_547_200
BUSES = 60


def build(path):
    with open(path, "w") as out:
        for tick in range(14_000):
            for bus in range(BUSES):
                second = START + tick * 5 + bus % 5
                moment = datetime.fromtimestamp(second, timezone.utc)
                out.write(f"{bus},{moment:%Y-%m-%dT%H:%M:%S+00:00},{tick * (bus + 3) % 9973}\n")


class Track:
    """Where a bus was at which time, in metres along its line."""

    def __init__(self):
        self.times = []
        self.metres = array("i")

    def add(self, moment, metres):
        self.times.append(moment)
        self.metres.append(metres)

    def at(self, moment):
        return self.metres[bisect_left(self.times, moment)]

    def span(self):
        return self.times[-1] - self.times[0]


class CompactTrack(Track):
    def __init__(self):
        super().__init__()
        self.times = array("d")

    def add(self, moment, metres):
        self.times.append(moment.timestamp())
        self.metres.append(metres)

    def at(self, moment):
        return self.metres[bisect_left(self.times, moment.timestamp())]

    def span(self):
        first, last = (datetime.fromtimestamp(self.times[end], timezone.utc) for end in (0, -1))
        return last - first


def load(path, kind):
    tracks = [kind() for _ in range(BUSES)]
    with open(path) as source:
        for line in source:
            bus, moment, metres = line.split(",")
            tracks[int(bus)].add(datetime.fromisoformat(moment), int(metres))
    return tracks


def replay(path, kind):
    tracks = load(path, kind)
    noon = datetime.fromtimestamp(START + 43_200, timezone.utc)
    print(len(tracks), "buses,", sum(track.at(noon) for track in tracks), "m at noon, span", tracks[0].span())
    return tracks


@case("qq 19 bus tracks")
class _:
    def setup():
        _.path = fixture("qq_buses.csv", build)

    def bad():
        return replay(_.path, Track)

    def good():
        return replay(_.path, CompactTrack)


if __name__ == "__main__":
    kept = run()
