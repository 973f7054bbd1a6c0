# sized
import pandas as pd
import pyarrow.parquet as pq
def total(path):
    frame = pd.read_parquet(path)  # expect: HW762
    frame = frame[frame["day"] == 17]
    return frame["a"].sum()
def of_days(path, days):
    frame = pd.read_parquet(path)  # expect: HW762
    kept = frame.loc[frame.day.isin(days)]
    return kept
def queried(path):
    return pd.read_parquet(path).query("day == 17")  # expect: HW762
def of_both(path, day):
    frame = pd.read_parquet(path)  # expect: HW762
    return frame[(frame.day == day) & (frame.a > 0.5)]
def filtered(path):
    frame = pd.read_parquet(path, filters=[("day", "==", 17)])
    return frame[frame["a"] > 0.5]
def compared(path):
    frame = pd.read_parquet(path)
    some = frame[frame["day"] == 17]
    return len(some) / len(frame)
def of_names(path):
    return pd.read_parquet(path).filter(["a", "b"])
def of_arrow(path, condition):
    return pq.read_table(path).filter(condition)  # expect: HW762
def columns(path):
    frame = pd.read_parquet(path)
    return frame[["a", "b"]]
def both(path):
    table = pq.read_table(path)
    return table.column("a"), table.num_rows
