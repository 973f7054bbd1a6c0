"""Weekly totals by store and article from a compact, categorical purchase table."""
import numpy as np
import pandas as pd

N_STORES = 2400
N_SKUS = 2800
N_ROWS = 60_000


def load_purchases(seed=3):
    """The warehouse hands out dictionary-encoded columns."""
    rng = np.random.default_rng(seed)
    stores = pd.Categorical.from_codes(
        rng.integers(0, N_STORES, N_ROWS), [f"S{i:04d}" for i in range(N_STORES)])
    popular = (rng.random(N_ROWS) ** 3 * N_SKUS).astype(np.int16)
    skus = pd.Categorical.from_codes(popular, [f"A{i:05d}" for i in range(N_SKUS)])
    qty = rng.integers(1, 12, N_ROWS).astype("int32")
    return pd.DataFrame({"store": stores, "sku": skus, "qty": qty})


def drop_returns(purchases):
    return purchases[purchases["qty"] > 1]


def totals_by_pair(purchases):
    grouped = purchases.groupby(["store", "sku"], observed=True)
    return grouped["qty"].sum()


def top_pairs(totals, n):
    frame = totals.reset_index()
    frame["store"] = frame["store"].astype(str)
    frame["sku"] = frame["sku"].astype(str)
    frame = frame.sort_values(["qty", "store", "sku"], ascending=[False, True, True])
    return frame.head(n)


def concentration(totals, share):
    ordered = np.sort(totals.to_numpy())[::-1]
    reached = np.searchsorted(np.cumsum(ordered), share * ordered.sum())
    return int(reached) + 1


def main():
    purchases = drop_returns(load_purchases())
    totals = totals_by_pair(purchases)
    print("pairs sold", len(totals), "units", int(totals.sum()))
    print("pairs for half of the units", concentration(totals, 0.5))
    for row in top_pairs(totals, 6).itertuples(index=False):
        print(row.store, row.sku, int(row.qty))


if __name__ == "__main__":
    main()
