"""Re-prices an order book and reports the biggest positions per warehouse."""
import csv
import heapq
import os
import random
import tempfile
from operator import attrgetter

WAREHOUSES = ("AMS", "BER", "CDG", "DUB", "FRA", "LHR", "MAD", "VIE")


class LineItem:
    __slots__ = ("warehouse", "sku", "quantity", "price", "category",
                 "priority", "lane", "shipped")

    def __init__(self, warehouse, sku, quantity, price, category, priority,
                 lane, shipped):
        self.warehouse = warehouse
        self.sku = sku
        self.quantity = quantity
        self.price = price
        self.category = category
        self.priority = priority
        self.lane = lane
        self.shipped = shipped

    def value(self):
        return self.quantity * self.price


class Catalogue:
    def __init__(self, size):
        rng = random.Random(11)
        self._entries = {}
        for n in range(size):
            sku = f"SKU-{n:05d}"
            self._entries[sku] = (sku, round(rng.uniform(1, 400), 2), f"cat{n % 17}")

    def resolve(self, sku):
        return self._entries[sku]

    def skus(self):
        return list(self._entries)


def write_orders(path, catalogue, count):
    skus = catalogue.skus()
    with open(path, "w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["warehouse", "sku", "quantity", "priority", "lane"])
        for n in range(count):
            writer.writerow([n * 5 % len(WAREHOUSES), skus[n * 7919 % len(skus)],
                             1 + n * 31 % 59, n * 17 // 5 % 4, n * 13 // 7 % 30])


def load_items(path, catalogue):
    items = []
    with open(path, newline="") as handle:
        rows = csv.reader(handle)
        next(rows)
        for warehouse, code, quantity, priority, lane in rows:
            sku, price, category = catalogue.resolve(code)
            items.append(LineItem(
                warehouse=WAREHOUSES[int(warehouse)],
                sku=sku,
                quantity=int(quantity),
                price=price,
                category=category,
                priority=int(priority),
                lane=int(lane),
                shipped=False,
            ))
    return items


def apply_discounts(items):
    for item in items:
        if item.priority == 3 and item.quantity > 50:
            item.quantity -= 1
        item.shipped = item.lane % 3 == 0


def per_warehouse(items):
    totals = {}
    for item in items:
        entry = totals.setdefault(item.warehouse, [0, 0.0])
        entry[0] += 1
        entry[1] += item.value()
    return totals


def main():
    catalogue = Catalogue(4000)
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "orders.csv")
        write_orders(path, catalogue, 380_000)
        items = load_items(path, catalogue)
    apply_discounts(items)
    for item in heapq.nlargest(3, items, key=LineItem.value):
        print(item.sku, item.warehouse, item.quantity, f"{item.value():.2f}")
    for name, (count, value) in sorted(per_warehouse(items).items()):
        print(name, count, f"{value:.2f}")
    waiting = sorted((i for i in items if not i.shipped and i.priority == 3),
                     key=attrgetter("lane", "sku"))
    print("waiting", len(waiting), waiting[0].sku)


if __name__ == "__main__":
    main()
