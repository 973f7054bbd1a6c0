import numpy as np
import pandas as pd

from harness import case, run

PRODUCTS = 600


def orders(count=16_000):
    number = np.arange(count, dtype=np.int32)
    return pd.DataFrame({
        "order": number,
        "product": (number * 37 % PRODUCTS).astype(np.int32),
        "pieces": (number % 9 + 1).astype(np.int16),
    })


def price_list(weeks=130):
    """What every product cost week by week, and in which section it stands."""
    row = np.arange(PRODUCTS * weeks, dtype=np.int32)
    product = row % PRODUCTS
    return pd.DataFrame({
        "product": product.astype(np.int32),
        "section": (product % 14).astype(np.int8),
        "week": (row // PRODUCTS).astype(np.int16),
        "cents": (199 + row * 13 % 4_000).astype(np.int32),
    })


class SectionSales:
    """The pieces sold in each section of the shop."""

    def __init__(self, orders, prices):
        self.sales = self.placed(orders, prices)

    def placed(self, orders, prices):
        merged = orders.merge(prices, on="product")
        return merged.drop_duplicates("order")[["order", "pieces", "section"]]

    def pieces(self):
        return self.sales.groupby("section")["pieces"].sum()


class UniqueSectionSales(SectionSales):
    def placed(self, orders, prices):
        sections = prices[["product", "section"]].drop_duplicates("product")
        merged = orders.merge(sections, on="product", validate="many_to_one")
        return merged[["order", "pieces", "section"]]


def close_month(kind):
    sales = kind(orders(), price_list())
    pieces = sales.pieces()
    print(len(sales.sales), "orders, best section", int(pieces.idxmax()), int(pieces.max()), "of", int(pieces.sum()))
    return sales


@case("rr 18 order sections")
class _:
    def bad():
        return close_month(SectionSales)

    def good():
        return close_month(UniqueSectionSales)


if __name__ == "__main__":
    kept = run()
