"""Aggregates address counts from a zipped regional extract."""
import csv
import io
import os
import tempfile
import zipfile
from collections import Counter

STREETS = ("Mill Lane", "High Street", "Rue du Moulin", "Bahnhofstraße", "Calle Mayor", "Storgata")
SOURCE = "https://data.example.org/cadastre/2024/addresses/export"


def write_extract(path, counties, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for c in range(counties):
            with archive.open(f"county{c}.csv", "w") as raw:
                out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
                out.write("number,street,city,source,postcode,lat,lon\n")
                for n in range(rows):
                    out.write(f"{n % 350},{STREETS[(n + c) % len(STREETS)]},Town {n % 61},{SOURCE},"
                              f"{10000 + n % 900},{47 + n % 997 / 1000:.3f},{8 + n % 991 / 1000:.3f}\n")
                out.flush()
                out.detach()


def county_members(archive):
    return sorted(name for name in archive.namelist() if name.endswith(".csv"))


def read_rows(archive, name):
    with archive.open(name) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


class Extent:
    def __init__(self):
        self.south = self.west = 180.0
        self.north = self.east = -180.0

    def grow(self, lat, lon):
        self.south = min(self.south, lat)
        self.north = max(self.north, lat)
        self.west = min(self.west, lon)
        self.east = max(self.east, lon)

    def __str__(self):
        return f"{self.south:.3f},{self.west:.3f},{self.north:.3f},{self.east:.3f}"


def summarise(archive, name):
    streets = Counter()
    postcodes = set()
    extent = Extent()
    for row in read_rows(archive, name):
        streets[row["street"]] += 1
        postcodes.add(row["postcode"])
        extent.grow(float(row["lat"]), float(row["lon"]))
    return streets, postcodes, extent


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "extract.zip")
        write_extract(path, 2, 180_000)
        with zipfile.ZipFile(path) as archive:
            for name in county_members(archive):
                streets, postcodes, extent = summarise(archive, name)
                common = sorted(streets.items(), key=lambda kv: (-kv[1], kv[0]))[0]
                print(name, sum(streets.values()), len(postcodes), *common, extent)


if __name__ == "__main__":
    main()
