"""Variant frequency report from a wide sample metadata table."""
import os
import tempfile

import pandas as pd

REGIONS = ("Africa", "Asia", "Europe", "North America", "Oceania", "South America")
CLADES = ("20A", "20I", "21J", "21K", "21L", "22B", "22E")
METRICS = [f"metric_{n:02d}" for n in range(24)]

DTYPES = {"region": "category", "clade": "category", "week": "int32", "coverage": "float32"}


def write_metadata(path, rows):
    tails = [",".join(f"{(k * 7919 + m * 104729) % 100000 / 1000:.3f}" for m in range(len(METRICS)))
             for k in range(64)]
    with open(path, "w") as out:
        out.write("region,clade,week,coverage," + ",".join(METRICS) + "\n")
        for n in range(rows):
            out.write(f"{REGIONS[n * 7 % len(REGIONS)]},{CLADES[(n // 900 + n % 3) % len(CLADES)]},"
                      f"{n // 1500},{0.5 + n % 500 / 1000:.3f},{tails[n % 64]}\n")


def load_metadata(path):
    return pd.read_csv(path, usecols=list(DTYPES), dtype=DTYPES)


def clean(frame, minimum):
    return frame[frame["coverage"] >= minimum]


def weekly_share(frame):
    counts = frame.groupby(["week", "clade"], observed=True).size().unstack(fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0)


def by_region(frame):
    return frame.groupby("region", observed=True)["coverage"].agg(["size", "mean"])


def growth(shares, clade, span):
    series = shares[clade]
    return (series.shift(-span) - series).max()


def print_report(frame):
    shares = weekly_share(frame)
    print("weeks", len(shares), "samples", len(frame))
    for clade in shares.columns:
        print(f"{clade} peak {shares[clade].max():.3f} growth {growth(shares, clade, 2):.3f}")
    for region, row in by_region(frame).iterrows():
        print(f"{region}: {int(row['size'])} {row['mean']:.3f}")


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "metadata.csv")
        write_metadata(path, 220_000)
        frame = clean(load_metadata(path), 0.6)
    print_report(frame)


if __name__ == "__main__":
    main()
