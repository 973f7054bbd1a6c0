"""Sales per shop, product and channel, then the best sellers of every channel."""
import numpy as np
import pandas as pd

from harness import case, run

SHOPS, PRODUCTS, CHANNELS = 320, 1500, ["web", "phone", "counter", "fair"]


def sales(rows):
    rng = np.random.default_rng(14)
    shop = rng.integers(0, SHOPS, rows)
    product = (rng.zipf(1.4, rows) * 7 + shop * 3) % PRODUCTS
    return pd.DataFrame({
        "shop": pd.Categorical.from_codes(shop, [f"S{n:03d}" for n in range(SHOPS)]),
        "product": pd.Categorical.from_codes(product, [f"P{n:04d}" for n in range(PRODUCTS)]),
        "channel": pd.Categorical.from_codes(rng.integers(0, len(CHANNELS), rows), CHANNELS),
        "quantity": rng.integers(1, 9, rows),
    })


def baskets(frame):
    return frame.groupby(["shop", "product", "channel"], observed=False)["quantity"].sum()


def seen_baskets(frame):
    return frame.groupby(["shop", "product", "channel"], observed=True)["quantity"].sum()


def best_sellers(totals, channel, count):
    part = totals[totals.index.get_level_values("channel") == channel]
    return part.nlargest(count)


def clean(frame):
    frame = frame[frame["quantity"] < 8]
    return frame.sort_values(["channel", "shop", "product", "quantity"], ignore_index=True)


def report(summarise):
    frame = clean(sales(800_000))
    totals = summarise(frame)
    totals = totals[totals > 0]
    best = {channel: int(best_sellers(totals, channel, 10).sum()) for channel in CHANNELS}
    print(len(totals), int(totals.sum()), sorted(best.items()))
    return best


@case("yy 14 basket report")
class _:
    def bad():
        return report(baskets)

    def good():
        return report(seen_baskets)


if __name__ == "__main__":
    kept = run()
