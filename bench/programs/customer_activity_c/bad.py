"""Orders and page visits per customer, for the sales dashboard."""
import numpy as np
import pandas as pd

N_CUSTOMERS = 1_500
N_ORDERS = 36_000
N_VISITS = 60_000


def load_orders():
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "order_id": np.arange(N_ORDERS),
            "customer": rng.integers(0, N_CUSTOMERS, N_ORDERS),
        }
    )


def load_visits():
    rng = np.random.default_rng(2)
    return pd.DataFrame(
        {
            "visit_id": np.arange(N_VISITS),
            "customer": rng.integers(20, N_CUSTOMERS + 50, N_VISITS),
        }
    )


def activity(orders, visits):
    """One row for every customer with both an order and a visit."""
    both = orders.merge(visits, on="customer")
    return both.groupby("customer").agg(
        orders=("order_id", "nunique"),
        visits=("visit_id", "nunique"),
    )


def add_segment(table):
    rate = table["orders"] / table["visits"]
    bins = [0, 0.4, 0.6, 0.9, np.inf]
    table["segment"] = pd.cut(rate, bins, labels=["browser", "casual", "regular", "buyer"])
    return table


class Dashboard:
    def __init__(self, table):
        self.table = table

    def segments(self):
        return self.table["segment"].value_counts().sort_index()

    def leaders(self, top=5):
        ordered = self.table.sort_values(["orders", "visits"], ascending=False, kind="stable")
        return ordered.head(top)

    def show(self):
        print("customers", len(self.table))
        for name, count in self.segments().items():
            print(f"{name:8s} {count}")
        for customer, row in self.leaders().iterrows():
            print(f"customer {customer:5d} orders {row['orders']} visits {row['visits']}")


def main():
    table = activity(load_orders(), load_visits())
    Dashboard(add_segment(table)).show()


if __name__ == "__main__":
    main()
