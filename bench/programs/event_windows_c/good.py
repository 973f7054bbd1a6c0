"""Cut the strongest event out of each seismic recording."""
from dataclasses import dataclass

import numpy as np

N_STATIONS = 24
N_SAMPLES = 700_000
HALF = 128


@dataclass
class Event:
    station: int
    position: int
    samples: np.ndarray

    @property
    def energy(self):
        return float(np.square(self.samples).sum())


def record(station):
    """Stands for reading one day's trace of a station."""
    rng = np.random.default_rng(station)
    trace = rng.standard_normal(N_SAMPLES)
    onset = int(rng.integers(HALF, N_SAMPLES - HALF))
    trace[onset : onset + 40] += 12.0 * np.hanning(40)
    return trace


def strongest(trace):
    pos = int(trace.argmax())
    return min(max(pos, HALF), trace.size - HALF)


class Catalogue:
    def __init__(self):
        self.events = []

    def add(self, station, trace):
        trace -= trace.mean()
        pos = strongest(trace)
        window = trace[pos - HALF : pos + HALF].copy()
        self.events.append(Event(station, pos, window))

    def ranking(self):
        return sorted(self.events, key=lambda e: e.energy, reverse=True)

    def stack(self):
        """Mean wave form over all events, aligned at their maxima."""
        total = np.zeros(2 * HALF)
        for event in self.events:
            total += event.samples / np.abs(event.samples).max()
        return total / len(self.events)


def main():
    catalogue = Catalogue()
    for station in range(N_STATIONS):
        catalogue.add(station, record(station))
    for event in catalogue.ranking()[:5]:
        print(f"station {event.station:2d} at {event.position:7d} energy {event.energy:.3f}")
    wave = catalogue.stack()
    print("stack peak", int(wave.argmax()), f"{wave.max():.4f}")


if __name__ == "__main__":
    main()
