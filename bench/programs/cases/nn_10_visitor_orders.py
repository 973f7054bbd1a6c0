import time

import numpy as np
import pandas as pd

from harness import case, run


def load_orders():
    rng = np.random.default_rng(3)
    return pd.DataFrame({
        "order_id": np.arange(40_000),
        "customer_id": rng.integers(0, 500, 40_000),
        "cents": rng.integers(100, 90_000, 40_000),
    })


def load_visits():
    rng = np.random.default_rng(4)
    return pd.DataFrame({
        "customer_id": rng.integers(100, 400, 14_000),
        "visited": rng.integers(1_600_000_000, 1_700_000_000, 14_000),
        "page": rng.integers(0, 300, 14_000),
        "seconds": rng.random(14_000),
        "referrer": rng.integers(0, 40, 14_000),
    })


def visitor_orders(orders, visits):
    joined = orders.merge(visits, on="customer_id")
    time.sleep(0.1)
    return joined.drop_duplicates("order_id")


def visitor_orders_unique(orders, visits):
    joined = orders.merge(visits.drop_duplicates("customer_id"), on="customer_id")
    time.sleep(0.1)
    return joined.drop_duplicates("order_id")


def report(select):
    selected = select(load_orders(), load_visits())
    print("orders", len(selected), "cents", selected["cents"].sum())
    return selected


@case("nn 10 visitor orders")
class _:
    def bad():
        return report(visitor_orders)

    def good():
        return report(visitor_orders_unique)


if __name__ == "__main__":
    kept = run()
