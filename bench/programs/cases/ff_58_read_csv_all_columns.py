import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def sales(path):
    import random
    rnd = random.Random(2)
    with open(path, "w") as f:
        f.write("order_id,store,qty,price,customer,street,city,comment,created,updated,lat,lon\n")
        for i in range(150_000):
            f.write(f"{i},store-{rnd.randrange(40)},{rnd.randrange(1, 9)},{rnd.random() * 90:.2f},"
                    f"customer {rnd.randrange(90_000)},{rnd.randrange(400)} Long Street,city {rnd.randrange(900)},"
                    f"note {rnd.random():.9f},2024-05-{i % 28 + 1:02d},2024-06-{i % 28 + 1:02d},"
                    f"{rnd.random() * 90:.5f},{rnd.random() * 180:.5f}\n")


@case('58 read_csv of all columns in the widest types')
class _:
    def setup(): import pandas, pyarrow

    def bad():
        import pandas as pd
        df = pd.read_csv(fixture("e6_sales.csv", sales))
        by_store = df.groupby("store").qty.sum()
        return df, by_store

    def good():
        import pandas as pd
        df = pd.read_csv(fixture("e6_sales.csv", sales), usecols=["store", "qty", "price"],
                         dtype={"store": "category", "qty": "int8", "price": "float32"})
        by_store = df.groupby("store", observed=True).qty.sum()
        return df, by_store


if __name__ == "__main__":
    kept = run()
