import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_readings(path):
    with open(path, 'w') as out:
        out.writelines(f'{n * 7919 % 100003 / 1000:.3f}\n' for n in range(2_500_000))


@case('20 list of floats on the way to an array')
class _:
    def setup():
        import numpy
        fixture('l_readings.txt', build_readings)

    def bad():
        import numpy as np

        def load_readings(path):
            with open(path) as lines:
                return np.array([float(line) for line in lines])

        readings = load_readings(os.path.join(D, 'l_readings.txt'))
        print(len(readings), 'readings, mean', round(readings.mean(), 4), 'max', readings.max())
        return readings

    def good():
        import numpy as np

        def load_readings(path):
            with open(path) as lines:
                return np.fromiter((float(line) for line in lines), dtype=np.float64)

        readings = load_readings(os.path.join(D, 'l_readings.txt'))
        print(len(readings), 'readings, mean', round(readings.mean(), 4), 'max', readings.max())
        return readings


if __name__ == "__main__":
    kept = run()
