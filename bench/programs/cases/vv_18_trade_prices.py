import numpy as np
import pandas as pd

from harness import case, run

SYMBOLS, TRADES, QUOTES = 50, 3_000, 40_000


def quotes():
    rng = np.random.default_rng(51)
    return pd.DataFrame({
        "symbol": rng.integers(0, SYMBOLS, QUOTES, dtype=np.int16),
        "time": np.cumsum(rng.integers(1, 900, QUOTES)),
        "bid": rng.uniform(10, 90, QUOTES).round(2),
    })


def trades():
    rng = np.random.default_rng(52)
    return pd.DataFrame({
        "trade": np.arange(TRADES, dtype=np.int32),
        "symbol": rng.integers(0, SYMBOLS, TRADES, dtype=np.int16),
        "time": 1_000_000 + np.cumsum(rng.integers(1, 11_000, TRADES)),
    })


def report(priced):
    print("priced", len(priced), "mean bid", f"{priced['bid'].mean():.4f}")
    print(priced["bid"].head(6).tolist())


@case("vv 18 price at the time of a trade")
class _:
    def bad():
        pairs = trades().merge(quotes(), on="symbol", suffixes=("", "_quote"))
        pairs = pairs[pairs["time_quote"] <= pairs["time"]]
        last = pairs.groupby("trade")["time_quote"].idxmax()
        priced = pairs.loc[last, ["trade", "symbol", "time", "bid"]].reset_index(drop=True)
        report(priced)
        return priced

    def good():
        priced = pd.merge_asof(trades(), quotes(), on="time", by="symbol", direction="backward")
        report(priced)
        return priced


if __name__ == "__main__":
    kept = run()
