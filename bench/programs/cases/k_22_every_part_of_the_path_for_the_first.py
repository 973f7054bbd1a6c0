import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_csv(path):
    with open(path, "w") as out:
        out.write("path,status\n")
        for number in range(170_000):
            out.write(f"app{number % 23}/v{number % 3}/users/{number}/orders/{number % 777}/items/{number % 91},200\n")


@case('22 every part of the path for the first')
class _:
    def setup():
        import pandas
        import pyarrow
        fixture("k_paths.csv", build_csv)

    def bad():
        import pandas as pd

        def hits_by_app(hits):
            app = hits["path"].str.split("/", expand=True)[0]
            return app.value_counts()

        hits = pd.read_csv(os.path.join(D, "k_paths.csv"))
        counts = hits_by_app(hits)
        print(f"{len(counts)} apps, app7 has {counts['app7']} hits")
        return counts

    def good():
        import pandas as pd

        def hits_by_app(hits):
            app = hits["path"].str.replace("/.*", "", regex=True)
            return app.value_counts()

        hits = pd.read_csv(os.path.join(D, "k_paths.csv"))
        counts = hits_by_app(hits)
        print(f"{len(counts)} apps, app7 has {counts['app7']} hits")
        return counts


if __name__ == "__main__":
    kept = run()
