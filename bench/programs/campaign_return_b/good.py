"""Return on advertising spend for each segment from click costs and orders."""
import numpy as np
import pandas as pd

N_CLICKS = 26_000
N_ORDERS = 18_000
N_SEGMENTS = 160


def load_clicks(seed=21):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({
        "click_id": np.arange(N_CLICKS),
        "segment": rng.permutation(np.arange(N_CLICKS) % N_SEGMENTS),
        "cost_cents": rng.integers(5, 250, N_CLICKS),
    })


def load_orders(seed=22):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({
        "order_id": np.arange(N_ORDERS),
        "segment": rng.permutation(np.arange(N_ORDERS) % N_SEGMENTS),
        "amount_cents": rng.integers(900, 25_000, N_ORDERS),
    })


def segment_table(clicks, orders):
    spend = clicks.groupby("segment")["cost_cents"].sum()
    revenue = orders.groupby("segment")["amount_cents"].sum()
    table = pd.concat([spend.rename("spend"), revenue.rename("revenue")],
                      axis=1, join="inner")
    table["roas"] = table["revenue"] / table["spend"]
    return table.sort_index()


def flag(table, low):
    return table.index[table["roas"] < low].tolist()


def main():
    clicks, orders = load_clicks(), load_orders()
    table = segment_table(clicks, orders)
    print("segments", len(table))
    print("spend", int(table["spend"].sum()), "revenue", int(table["revenue"].sum()))
    best = table.sort_values(["roas"], ascending=False).head(4)
    for segment, row in best.iterrows():
        print("segment", segment, "roas %.3f" % row["roas"])
    print("weak", flag(table, 60.0)[:8])


if __name__ == "__main__":
    main()
