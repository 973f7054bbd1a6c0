"""Import open data tables from CSV into a SQLite database."""
import csv
import os
import sqlite3
import tempfile

N_READINGS = 170_000
STATIONS = 300


def write_csv_files(folder):
    with open(os.path.join(folder, "stations.csv"), "w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow(["station", "city", "district", "height"])
        for n in range(STATIONS):
            out.writerow([f"S{n:04d}", ("Minsk", "Brest", "Hrodna")[n % 3], f"district {n % 21}", 120 + n * 7 % 190])
    with open(os.path.join(folder, "readings.csv"), "w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow(["station", "hour", "pm10", "no2", "operator", "note"])
        for n in range(N_READINGS):
            k = n * 16807 % 2147483647
            out.writerow([f"S{n % STATIONS:04d}", f"2016-12-{1 + n // 7200 % 28:02d} {n // 300 % 24:02d}:00",
                          k % 900 / 10, k % 401 / 4, f"crew-{k % 17}", ""])


def convert(row, columns, numeric):
    return tuple(float(row[name]) if name in numeric else row[name] for name in columns)


def import_table(connection, path, columns, numeric=()):
    table = os.path.splitext(os.path.basename(path))[0]
    fields = ", ".join(f"{name} {'REAL' if name in numeric else 'TEXT'}" for name in columns)
    connection.execute(f"CREATE TABLE {table} ({fields})")
    places = ", ".join("?" * len(columns))
    with open(path, newline="", encoding="utf-8") as handle:
        rows = (convert(row, columns, numeric) for row in csv.DictReader(handle))
        cursor = connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    connection.commit()
    return cursor.rowcount


REPORT = """
SELECT city, count(*), round(avg(pm10), 3), round(max(no2), 2)
FROM readings JOIN stations USING (station)
GROUP BY city ORDER BY city
"""

WORST = """
SELECT district, round(avg(pm10), 3) AS dust
FROM readings JOIN stations USING (station)
GROUP BY district ORDER BY dust DESC, district LIMIT 3
"""


def main():
    with tempfile.TemporaryDirectory() as tmp:
        write_csv_files(tmp)
        connection = sqlite3.connect(os.path.join(tmp, "city.sqlite"))
        connection.execute("PRAGMA synchronous = OFF")
        plans = {
            "stations.csv": (["station", "city", "district", "height"], {"height"}),
            "readings.csv": (["station", "hour", "pm10", "no2", "operator"], {"pm10", "no2"}),
        }
        for name, (columns, numeric) in plans.items():
            print(name, import_table(connection, os.path.join(tmp, name), columns, numeric), "rows")
        for query in (REPORT, WORST):
            for row in connection.execute(query):
                print(*row)
        connection.close()


if __name__ == "__main__":
    main()
