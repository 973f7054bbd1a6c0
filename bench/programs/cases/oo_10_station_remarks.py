import numpy as np

from harness import case, run

OBSERVATIONS = 110_000
REMARK_WIDTH = 240


def observations(count):
    """Station number, pressure and the observer's remark, mostly a word or nothing."""
    for number in range(count):
        remark = ""
        if number % 9 == 0:
            remark = f"fog at {number % 24:02d}h"
        if number % 7000 == 0:
            remark = "instrument replaced, see station log; " * 6
        yield number % 900, 990.0 + number % 45, remark


class ObservationTable:
    remark_type = np.dtype(f"U{REMARK_WIDTH}")

    def __init__(self, rows):
        self.size = 0
        self.station = np.empty(rows, dtype=np.int16)
        self.pressure = np.empty(rows, dtype=np.float32)
        self.remark = np.empty(rows, dtype=self.remark_type)

    def append(self, station, pressure, remark):
        row = self.size
        self.station[row] = station
        self.pressure[row] = pressure
        self.remark[row] = remark
        self.size = row + 1

    def count_remarks(self, prefix):
        return int(np.strings.startswith(self.remark, prefix).sum())


class VariableWidthTable(ObservationTable):
    remark_type = np.dtypes.StringDType()


def load(table):
    for station, pressure, remark in observations(OBSERVATIONS):
        table.append(station, pressure, remark)
    print("rows", table.size, "mean", round(float(table.pressure.mean()), 2))
    print("fog", [table.count_remarks(f"fog at {hour:02d}h") for hour in range(24)])
    print("replaced", table.count_remarks("instrument"))
    return table


@case("oo 10 station remarks")
class _:
    def bad():
        return load(ObservationTable(OBSERVATIONS))

    def good():
        return load(VariableWidthTable(OBSERVATIONS))


if __name__ == "__main__":
    kept = run()
