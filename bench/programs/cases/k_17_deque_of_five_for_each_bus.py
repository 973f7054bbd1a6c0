import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 deque of five for each bus')
class _:
    def setup():
        import array
        import collections

    def bad():
        from collections import deque

        class SpeedWindows:
            def __init__(self, buses):
                self.recent = [deque(maxlen=5) for _ in range(buses)]

            def add(self, bus, speed):
                self.recent[bus].append(speed)

            def mean(self, bus):
                window = self.recent[bus]
                return sum(window) / len(window)

        windows = SpeedWindows(140_000)
        for number in range(1_120_000):
            windows.add(number % 140_000, number * 31 % 121)
        fast = sum(windows.mean(bus) > 60 for bus in range(140_000))
        print(f"{fast} of 140000 vehicles above 60 km/h")
        return windows

    def good():
        from array import array

        class SpeedWindows:
            def __init__(self, buses):
                self.recent = bytearray(buses * 5)
                self.added = array("I", bytes(buses * 4))

            def add(self, bus, speed):
                self.recent[bus * 5 + self.added[bus] % 5] = speed
                self.added[bus] += 1

            def mean(self, bus):
                count = min(self.added[bus], 5)
                return sum(self.recent[bus * 5:bus * 5 + count]) / count

        windows = SpeedWindows(140_000)
        for number in range(1_120_000):
            windows.add(number % 140_000, number * 31 % 121)
        fast = sum(windows.mean(bus) > 60 for bus in range(140_000))
        print(f"{fast} of 140000 vehicles above 60 km/h")
        return windows


if __name__ == "__main__":
    kept = run()
