"""Fuel report per vehicle from a wide telematics export."""
import tempfile
from pathlib import Path

import pandas as pd

N_ROWS = 160_000
N_CHANNELS = 26
FUEL_PRICE = 1.72


def write_export(path):
    channels = [f"ch{n:02d}" for n in range(N_CHANNELS)]
    header = ["vehicle", "minute", "speed_kmh", "fuel_l", *channels]
    tails = [",".join(f"{(i * 37 + n * 11) % 500 / 4}" for n in range(N_CHANNELS)) for i in range(211)]
    with open(path, "w", encoding="ascii") as out:
        out.write(",".join(header) + "\n")
        for n in range(N_ROWS):
            speed = n * 7919 % 1300 / 10
            fuel = n * 31 % 17 / 8
            out.write(f"{n % 45},{n // 45},{speed},{fuel},{tails[n % 211]}\n")


def load_trips(path):
    """The export's rows while the vehicle was moving."""
    frame = pd.read_csv(path, usecols=["vehicle", "speed_kmh", "fuel_l"])
    return frame[frame["speed_kmh"] > 3.0]


def per_vehicle(trips):
    grouped = trips.groupby("vehicle")
    return pd.DataFrame(
        {
            "rows": grouped.size(),
            "mean_speed": grouped["speed_kmh"].mean(),
            "fuel": grouped["fuel_l"].sum(),
        }
    )


def add_cost(report):
    report["cost"] = (report["fuel"] * FUEL_PRICE).round(2)
    return report.sort_values(["cost", "mean_speed"], ascending=False)


def render(report, top=6):
    for vehicle, row in report.head(top).iterrows():
        yield (
            f"vehicle {vehicle:3d} rows {int(row['rows']):6d} "
            f"speed {row['mean_speed']:6.2f} fuel {row['fuel']:9.2f} cost {row['cost']:10.2f}"
        )


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "export.csv"
        write_export(path)
        report = add_cost(per_vehicle(load_trips(path)))
    for line in render(report):
        print(line)
    print("total", f"{report['cost'].sum():.2f}")


if __name__ == "__main__":
    main()
