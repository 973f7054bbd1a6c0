"""Sales by shelf: the till's baskets hold lists of articles; counts the articles per shelf and branch."""
import numpy as np
import polars as pl

from harness import case, run

BRANCHES = 60
ARTICLES = 4000
MEASURES = ["net", "tax", "rebate", "points", "tip", "cash", "card", "voucher", "deposit", "rounding",
            "seconds_open", "seconds_scan", "seconds_pay", "queue", "returns"]


def articles():
    n = np.arange(ARTICLES)
    return pl.DataFrame({"article": n.astype(np.int32), "shelf": (n * 37 % 45).astype(np.int16)})


def item_lists(count):
    """Lists of 4 to 17 articles, laid out one behind another."""
    lengths = 4 + np.arange(count) * 5 % 14
    total = int(lengths.sum())
    flat = pl.Series("article", (np.arange(total) * 7919 % ARTICLES).astype(np.int32))
    owner = pl.Series("basket", np.repeat(np.arange(count), lengths))
    return pl.DataFrame([owner, flat]).group_by("basket", maintain_order=True).agg("article")["article"]


def baskets(count):
    n = np.arange(count)
    columns = {
        "basket": n,
        "branch": (n * 11 % BRANCHES).astype(np.int16),
        "minute": (n * 17 % 1440).astype(np.int32),
    }
    for k, name in enumerate(MEASURES):
        columns[name] = (n * (k + 3) % 1009).astype(np.float64) / 4
    return pl.DataFrame(columns).with_columns(item_lists(count).alias("articles"))


class Shelves:
    def __init__(self, stock):
        self.stock = stock

    def lines(self, sales):
        return sales.explode("articles")

    def sold(self, sales):
        lines = self.lines(sales).join(self.stock, left_on="articles", right_on="article")
        return lines.group_by("branch", "shelf").agg(
            pl.len().alias("articles"),
            pl.col("basket").n_unique().alias("baskets"),
            (pl.col("minute") < 720).sum().alias("morning"),
        )


class NarrowShelves(Shelves):
    def lines(self, sales):
        return sales.select("basket", "branch", "minute", "articles").explode("articles")


class Report:
    def __init__(self, shelves, sales):
        self.table = shelves.sold(sales).sort("articles", "branch", "shelf", descending=[True, False, False])
        self.income = sales.group_by("branch").agg(pl.col("net").sum()).sort("net", "branch", descending=True)

    def show(self):
        for row in self.table.head(4).iter_rows():
            print("branch %d shelf %d articles %d baskets %d morning %d" % row)
        print("combinations", self.table.height, "articles", self.table["articles"].sum())
        for branch, net in self.income.head(2).iter_rows():
            print(f"branch {branch} net {net:.2f}")


def close_of_day(kind):
    report = Report(kind(articles()), baskets(90_000))
    report.show()
    return report


@case("af 19 basket shelves")
class _:
    def bad():
        return close_of_day(Shelves)

    def good():
        return close_of_day(NarrowShelves)


if __name__ == "__main__":
    kept = run()
