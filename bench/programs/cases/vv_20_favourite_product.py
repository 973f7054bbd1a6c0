import numpy as np
import pandas as pd

from harness import case, run

CUSTOMERS, PRODUCTS, SALES = 5_000, 3_000, 120_000


def sales():
    rng = np.random.default_rng(61)
    return pd.DataFrame({
        "customer": rng.integers(0, CUSTOMERS, SALES, dtype=np.int32),
        "product": (PRODUCTS * rng.random(SALES) ** 4).astype(np.int32),
    })


def report(favourite):
    print("customers", len(favourite), "checksum", int(favourite.sum()))
    print(favourite.head(8).tolist())
    print(favourite.value_counts().head(3).to_dict())


@case("vv 20 favourite product of each customer")
class _:
    def bad():
        bought = sales().groupby(["customer", "product"]).size()
        table = bought.unstack("product", fill_value=0)
        favourite = table.idxmax(axis=1)
        report(favourite)
        return favourite

    def good():
        bought = sales().groupby(["customer", "product"]).size()
        counts = bought.rename("count").reset_index("product")
        first = counts.sort_values("count", ascending=False, kind="stable")["product"]
        favourite = first.groupby(level="customer").first()
        report(favourite)
        return favourite


if __name__ == "__main__":
    kept = run()
