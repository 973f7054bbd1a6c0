"""Beehive sensor hub: collects acoustic frames and spools them to disk for upload."""
import pickle
import random
import sys
import tempfile
import numpy as np

HIVES = 48
ROUNDS = 900
BANDS = 320


class Frame:
    __slots__ = ("hive", "tick", "temp", "weight", "spectrum")

    def __init__(self, hive, tick, temp, weight, spectrum):
        self.hive, self.tick, self.temp = hive, tick, temp
        self.weight, self.spectrum = weight, spectrum

    def record(self):
        return (self.hive, self.tick, self.temp, self.weight, self.spectrum)


class Sensor:
    def __init__(self, hive, seed):
        self.hive = hive
        self.rng = np.random.default_rng(seed)
        self.base = self.rng.gamma(2.0, 1.0, BANDS).astype(np.float32)
        self.weight = 30.0 + 10 * self.rng.random()

    def sample(self, tick):
        noise = self.rng.random(BANDS, dtype=np.float32)
        self.weight += float(noise[0]) * 0.02 - 0.009
        temp = 34.0 + float(noise[1])
        return Frame(self.hive, tick, temp, self.weight, self.base * noise)


class SpoolWriter:
    """Appends frames to one spool file; frames are read back one at a time."""

    def __init__(self, fh, mode):
        self.fh = fh
        self.count = 0
        self._pickler = pickle.Pickler(fh, protocol=5)
        self._emit = self._emit_bad if mode == "bad" else self._emit_good

    def _emit_bad(self, record):
        self._pickler.dump(record)

    def _emit_good(self, record):
        self._pickler.dump(record)
        self._pickler.clear_memo()

    def write(self, frame):
        self._emit(frame.record())
        self.count += 1


class Alarm:
    """Keeps only a running mean a hive and counts swarming alarms."""

    def __init__(self):
        self.mean = {}
        self.raised = 0

    def look(self, frame):
        level = float(frame.spectrum[40:80].mean())
        mean = self.mean.get(frame.hive, level)
        if level > mean * 1.25:
            self.raised += 1
        self.mean[frame.hive] = mean * 0.95 + level * 0.05


class Hub:
    def __init__(self, fh, mode):
        self.sensors = [Sensor(f"hive-{i:03d}", 1000 + i) for i in range(HIVES)]
        self.spool = SpoolWriter(fh, mode)
        self.alarm = Alarm()
        self.rng = random.Random(7)

    def _collect(self, sensor, tick):
        frame = sensor.sample(tick)
        self.alarm.look(frame)
        self.spool.write(frame)

    def poll(self, tick):
        for sensor in self.sensors:
            if self.rng.random() < 0.98:  # a radio packet is lost now and then
                self._collect(sensor, tick)


def main(mode):
    fh = tempfile.TemporaryFile()
    hub = Hub(fh, mode)
    for tick in range(ROUNDS):
        hub.poll(tick)
    fh.flush()
    heavy = sum(s.weight > 35 for s in hub.sensors)
    print("frames", hub.spool.count, "alarms", hub.alarm.raised, "heavy hives", heavy)
    return hub


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
