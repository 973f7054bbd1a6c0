"""Two-step statistics of a sensor log: mean per sensor, then outliers."""
import csv
import itertools
import tempfile
from collections import defaultdict
from pathlib import Path

N_ROWS = 360_000
N_SENSORS = 12


def write_log(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["ts", "sensor", "value"])
        for n in range(N_ROWS):
            value = 20 + (n * 7919 % 1000) / 100
            if n % 40_009 == 17:
                value *= 9
            writer.writerow([1_700_000_000 + n, f"probe-{n % N_SENSORS:02d}", f"{value:.2f}"])


def read_log(path):
    with open(path, newline="") as src:
        for row in csv.DictReader(src):
            yield int(row["ts"]), row["sensor"], float(row["value"])


def averages(readings):
    total, count = defaultdict(float), defaultdict(int)
    for _, sensor, value in readings:
        total[sensor] += value
        count[sensor] += 1
    return {sensor: total[sensor] / count[sensor] for sensor in sorted(total)}


def outliers(readings, means, factor=3.0):
    for ts, sensor, value in readings:
        if value > factor * means[sensor]:
            yield ts, sensor, value


def analyse(path):
    for_mean, for_check = itertools.tee(read_log(path))
    means = averages(for_mean)
    return means, list(outliers(for_check, means))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "sensors.csv"
        write_log(path)
        means, odd = analyse(path)
    for sensor, mean in means.items():
        print(sensor, f"{mean:.4f}")
    for ts, sensor, value in odd:
        print("outlier", ts, sensor, value)


if __name__ == "__main__":
    main()
