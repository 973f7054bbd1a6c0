"""Availability of the turbines of a wind farm, from the measurements of a month in Parquet."""
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from harness import case, fixture, run

CHANNELS = [f"channel_{n:02d}" for n in range(22)]


def build(path):
    rng = np.random.default_rng(18)
    writer = None
    for part in range(8):
        n = 50_000
        table = pa.table({"turbine": rng.integers(1, 40, n).astype("int32"),
                          "power_kw": rng.normal(900, 500, n).round(2),
                          **{channel: rng.normal(0, 1, n) for channel in CHANNELS}})
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()


class Availability:
    """A turbine counts as available while it gives more than it takes."""

    def __init__(self, measurements):
        running = measurements["power_kw"] > 0
        self.share = running.groupby(measurements["turbine"]).mean()
        self.energy = measurements.groupby("turbine")["power_kw"].sum() / 6

    def worst(self, count):
        return [int(turbine) for turbine in self.share.nsmallest(count).index]

    def show(self):
        print(f"{len(self.share)} turbines, available {self.share.mean():.4f}, "
              f"{self.energy.sum() / 1000:.1f} MWh, worst {self.worst(3)}")


def load_month(path):
    return pd.read_parquet(path)


def load_power(path):
    return pd.read_parquet(path, columns=["turbine", "power_kw"])


@case("ab 18 wind farm")
class _:
    def bad():
        Availability(load_month(fixture("ab_18_month.parquet", build))).show()

    def good():
        Availability(load_power(fixture("ab_18_month.parquet", build))).show()


if __name__ == "__main__":
    kept = run()
