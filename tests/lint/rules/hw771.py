# sized
import pandas as pd
def priced(trades, quotes):
    pairs = trades.merge(quotes, on="symbol", suffixes=("", "_quote"))  # expect: HW771
    pairs = pairs[pairs["time_quote"] <= pairs["time"]]
    last = pairs.groupby("trade")["time_quote"].idxmax()
    return pairs.loc[last]
def in_window(events, windows):
    both = pd.merge(events, windows, on="site")  # expect: HW771
    inside = both[(both.at >= both.begin) & (both.at < both.end)]
    return inside
def nearest(trades, quotes):
    return pd.merge_asof(trades, quotes, on="time", by="symbol")
def of_a_constant(trades, quotes):
    pairs = trades.merge(quotes, on="symbol")
    pairs = pairs[pairs["price"] <= 3]
    return pairs
def used_again(trades, quotes):
    pairs = trades.merge(quotes, on="symbol")
    late = pairs[pairs["time_quote"] > pairs["time"]]
    return len(pairs), late
def of_texts(parts, rows):
    line = ", ".join(parts)
    rows = rows[rows["a"] <= rows["b"]]
    return line, rows
def first_touch(exposures, events):
    joined = exposures.merge(events, on="user", how="inner")  # expect: HW771
    joined = joined.sort_values(["seen", "page"], kind="stable")
    return joined.drop_duplicates("event")
def earliest(exposures, events):
    joined = exposures.merge(events, on="user")  # expect: HW771
    by_time = joined.sort_values("seen")
    return by_time.groupby("event").first()
def sorted_alone(exposures, events):
    joined = exposures.merge(events, on="user")
    joined = joined.sort_values("seen")
    return joined.head(10)
def read_twice(exposures, events):
    joined = exposures.merge(events, on="user")
    joined = joined.sort_values("seen")
    print(joined.seen.max())
    return joined.drop_duplicates("event")
