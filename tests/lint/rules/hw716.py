# sized
import pandas as pd
def totals(path):
    frame = pd.read_csv(path)  # expect: HW716
    return frame.groupby("shop")["amount"].sum()
def ratio(path):
    frame = pd.read_parquet(path)  # expect: HW716
    return frame["a"].sum() / frame["b"].sum() / len(frame)
def load(path):
    return pd.read_csv(path)  # expect: HW716
def uses(path):
    frame = load(path)
    return frame[["a", "b"]].max()
def chosen(path):
    frame = pd.read_csv(path, usecols=["a"])
    return frame["a"]
def whole(path):
    frame = pd.read_csv(path)
    frame["c"] = frame["a"] + frame["b"]
    return frame["c"]
def handed_on(path):
    frame = pd.read_csv(path)
    show(frame)
    return frame["a"]
def returned(path):
    frame = pd.read_csv(path)
    return frame
def by_any(path, name):
    frame = pd.read_csv(path)
    return frame[name]
def mask(path):
    frame = pd.read_csv(path)
    return frame[frame["a"] > 3]
def grouped_whole(path):
    frame = pd.read_csv(path)
    return frame.groupby("shop").sum()
