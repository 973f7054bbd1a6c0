import time

import pandas as pd

from harness import case, fixture, run


def build(path):
    with open(path, "w") as out:
        out.write("order_id,region,customer,email,street,product,note,quantity,cents\n")
        for i in range(200_000):
            out.write("%d,region-%d,customer %d,c%d@example.com,%d High Street,product-%d,call before %d,%d,%d\n"
                      % (i, i % 12, i, i, i % 900, i % 5000, i, i % 7, i % 9973))


def report(orders):
    cents = orders.groupby("region")["cents"].sum()
    time.sleep(0.1)
    print("regions", len(cents), "cents", int(cents.sum()))


@case("mm 14 sales by region")
class _:
    def bad():
        orders = pd.read_csv(fixture("mm14-orders.csv", build))
        report(orders)

    def good():
        orders = pd.read_csv(fixture("mm14-orders.csv", build), usecols=["region", "cents"])
        report(orders)


if __name__ == "__main__":
    kept = run()
