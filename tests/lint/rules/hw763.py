# sized
import pandas as pd
def by_agent(path):
    views = pd.read_csv(path)  # expect: HW763
    return views.groupby("agent").ms.sum()
def of_one(path):
    views = pd.read_csv(path)  # expect: HW763
    return views["ms"].sum(), len(views)
def chosen(path):
    views = pd.read_csv(path, sep=";")  # expect: HW763
    return views[views["ms"] > 3].groupby(["agent", "page"])["ms"].agg("max")
def counted(path):
    return pd.read_csv(path).agent.value_counts()  # expect: HW763
def tuned(path):
    views = pd.read_csv(path, usecols=["agent", "ms"])
    return views.groupby("agent").ms.sum()
def in_parts(path):
    return sum(part.ms.sum() for part in pd.read_csv(path, chunksize=1000))
def median(path):
    views = pd.read_csv(path)
    return views.groupby("agent").ms.median()
def kept(path):
    views = pd.read_csv(path)
    return views, views.ms.sum()
def changed(path):
    views = pd.read_csv(path)
    views["late"] = views.ms > 10
    return views.late.sum()
def of_rows(path):
    views = pd.read_csv(path)
    return [row for row in views.itertuples()]
def named(path):
    views = pd.read_json(path, lines=True)  # expect: HW763
    return views.groupby("agent").agg(count=("page", "size"), ms=("ms", "sum"))
def by_column(path):
    views = pd.read_csv(path)  # expect: HW763
    return views.groupby("agent").agg({"ms": "sum", "page": "count"})
class Totals:
    def __init__(self):
        self.sums = {}
    def add(self, views):
        for agent, ms in views.groupby("agent").agg(ms=("ms", "sum")).itertuples():
            self.sums[agent] = self.sums.get(agent, 0) + ms
def _given(path):
    yield pd.read_json(path, lines=True)  # expect: HW763
def collected(path):
    totals = Totals()
    for views in _given(path):
        totals.add(views)
    return totals.sums
def one_document(path):
    views = pd.read_json(path)
    return views.groupby("agent").ms.sum()
def median_of_one(path):
    views = pd.read_json(path, lines=True)
    return views.groupby("agent").agg(ms=("ms", "sum"), middle=("ms", "median"))


def reckoned(path):
    sales = pd.read_csv(path)  # expect: HW763
    revenue = sales["quantity"] * (sales["price"] - sales["discount"] * 2)
    return revenue.groupby(sales["shop"]).sum(), revenue.astype("int64").sum()


def by_rates(path, rates):
    sales = pd.read_csv(path)
    revenue = sales["price"] * rates
    return revenue.groupby(sales["shop"]).sum()


def ranked(path):
    sales = pd.read_csv(path)
    return (sales["price"] - sales["price"].rank()).sum()


def beside(path):
    sales = pd.read_csv(path)
    return pd.concat([sales["price"] * 2, sales["discount"]])


def grouped_for_medians(path, others):
    sales = pd.read_csv(path)
    return others.groupby(sales["shop"]).median()
