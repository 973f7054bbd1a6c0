import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Reading:
    """One measurement of a station."""
    __slots__ = ('station', 'sequence', 'value', 'unit')

    def __init__(self, station, sequence, value):
        self.station = station
        self.sequence = sequence
        self.value = value
        self.unit = 'hPa'


def readings(station, n):
    import random
    r = random.Random(station)
    for sequence in range(n):
        yield Reading(station, sequence, r.uniform(950.0, 1050.0))


class Stations:
    """The newest readings of every station."""

    def __init__(self):
        self.newest = {}
        self.highest = 0.0


@case('47 slice of a Series of objects')
class _:
    def setup():
        import pandas as pd, random
        pd.Series([Reading(0, 0, 0.0)])[-1:].copy()
    def bad():
        import pandas as pd
        stations = Stations()
        for station in range(250):
            day = pd.Series(list(readings(station, 1440)), dtype=object)
            stations.highest = max(stations.highest, max(reading.value for reading in day))
            stations.newest[station] = day[-3:]
        return stations
    def good():
        import pandas as pd
        stations = Stations()
        for station in range(250):
            day = pd.Series(list(readings(station, 1440)), dtype=object)
            stations.highest = max(stations.highest, max(reading.value for reading in day))
            stations.newest[station] = day[-3:].copy()
        return stations


if __name__ == "__main__":
    kept = run()
