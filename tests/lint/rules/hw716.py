# sized
import pandas as pd
import polars as pl
import pyarrow.compute as pc
import pyarrow.parquet as pq
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
def read_log(path, kinds):
    return pd.read_csv(path, dtype=kinds, parse_dates=["time"])  # expect: HW716
def error_rate(log):
    return (log["status"] >= 500).sum() / len(log)
def slow(log, limit):
    late = log.loc[log["took"] > limit, "path"]
    return late.value_counts()
def busiest(log):
    hits = log.groupby("path", observed=True).agg(hits=("sent", "size"), sent=("sent", "sum"))
    return hits.sort_values("hits"), log.groupby(["host", "path"]).size()
def large(log, least):
    big = log[log["sent"] >= least]
    return big["host"].nunique()
class Report:
    def __init__(self, path):
        self.table = pd.read_csv(path)  # expect: HW716
        self.other = pd.read_csv(path)
        self.third = pd.read_csv(path)
    def mean(self):
        return self.table["a"].mean()
    def most(self):
        kept = self.table.dropna(subset=["b"]).query("c > 3 and d == @day")
        return kept.b.max(), [row.e for row in kept.itertuples()]
    def changed(self):
        self.third = None
        self.other["a"] = 3
        return self.other["a"].sum()
def pair(path):
    return pd.read_csv(path), pd.read_csv(path)  # expect: HW716
def groups(path):
    for name, rows in pd.read_csv(path).groupby("kind"):  # expect: HW716
        print(name, rows["n"].sum())
def dropped(path):
    return pd.read_csv(path).dropna()["a"]
def masked(path, mask):
    return pd.read_csv(path)[mask]["a"]
def all_names(path):
    return pd.read_csv(path, names=["a", "b"]).groupby("a")["b"].sum()
def by_place(path):
    return pd.read_csv(path, index_col=0)["a"]
def unknown(path):
    log = read_other(path)
    return log["a"], plot(log)
def read_other(path):
    return pd.read_csv(path)
def written(path, target):
    log = read_third(path)
    log["a"].sum()
    write(log, target)
def read_third(path):
    return pd.read_csv(path)
def write(table, target):
    table.to_csv(target)
def main(path):
    log = read_log(path, {"status": "int16"})
    print(error_rate(log), slow(log, limit=3), busiest(log), large(log, 9))
    left, right = pair(path)
    print(left["a"].sum(), right.sum())
    written(path, "x")
if __name__ == "__main__":
    main("log")
def numbered(path):
    frame = pd.read_csv(path)  # expect: HW716
    for row in frame.reset_index().itertuples():
        print(row.index, row.a)
    return frame["b"].sum()
def numbered_alone(path):
    frame = pd.read_csv(path)
    return frame[frame.index > 3].reset_index()["index"].sum()
def arrow_total(path):
    table = pq.read_table(path)  # expect: HW716
    return pc.sum(table["amount"]).as_py(), table.num_rows
def arrow_chosen(path):
    table = pq.read_table(path)  # expect: HW716
    return table.select(["a", "b"]).to_pandas()
def arrow_frame(path):
    frame = pq.read_table(path).to_pandas()  # expect: HW716
    return frame["a"].mean()
def arrow_by_name(path):
    return pq.read_table(path).column("a").to_pylist()  # expect: HW716
def polars_chosen(path):
    return pl.read_ipc(path).select("a", "b")  # expect: HW716
def arrow_columns(path):
    return pq.read_table(path, columns=["a"])["a"]
def arrow_whole(path):
    table = pq.read_table(path)
    pq.write_table(table, path + ".new")
    return table["a"]
def arrow_by_number(path):
    return pq.read_table(path).column(0)
def arrow_names(path):
    table = pq.read_table(path)
    return table.column_names, table["a"]
def own_file(path, values):
    pd.DataFrame({"x": values, "y": values}).to_parquet(path)
    frame = pd.read_parquet(path)
    return frame["x"].sum() + frame["y"].sum()
def of_groups(path):
    frame = pd.read_parquet(path)  # expect: HW716
    return frame.groupby("day").amount.sum()
def all_of_groups(path):
    frame = pd.read_parquet(path)
    return frame.groupby("day").plot


@job
def handed_on(path):
    frame = pd.read_csv(path)  # expect: HW716
    return frame, frame.groupby("shop")["amount"].sum()


@job
def handed_on_with_types(path):
    return pd.read_csv(path, dtype={"shop": "category"})


def more_in_the_file(path, channels):
    pd.DataFrame({"shop": channels[0], **{f"c{n}": each for n, each in enumerate(channels)}}).to_parquet(path)
    frame = pd.read_parquet(path)  # expect: HW716
    return frame["shop"].sum()
