import json
import sys

from harness import case, fixture, run

STATES = ["open", "paid", "sent", "returned"]


def build(path):
    with open(path, "w") as out:
        for number in range(52000):
            out.write(json.dumps({
                "order_identifier": number,
                "customer_identifier": number * 7 % 9001,
                "fulfilment_state": number % 4,
                "gross_amount_cents": number * 13 % 99991,
                "shipping_amount_cents": number % 900,
                "discount_percent": number % 30,
                "warehouse_identifier": number % 17,
                "carrier_identifier": number % 5,
                "is_business_customer": number % 6 == 0,
                "has_gift_wrapping": number % 11 == 0,
                "number_of_positions": 1 + number % 8,
            }) + "\n")


def shared_keys(pairs):
    return {sys.intern(key): value for key, value in pairs}


class OrderStore:
    """All orders of the quarter by number, for the service desk's search."""

    def __init__(self, path, **decoding):
        self.decoder = json.JSONDecoder(**decoding)
        self.orders = {}
        with open(path) as lines:
            for line in lines:
                order = self.decoder.decode(line)
                self.orders[order["order_identifier"]] = order

    def by_state(self):
        counts = dict.fromkeys(STATES, 0)
        for order in self.orders.values():
            counts[STATES[order["fulfilment_state"]]] += 1
        return counts

    def revenue(self, warehouse):
        return sum(
            order["gross_amount_cents"] - order["shipping_amount_cents"]
            for order in self.orders.values()
            if order["warehouse_identifier"] == warehouse
        )

    def largest(self, count):
        found = sorted(self.orders.values(), key=lambda order: (-order["gross_amount_cents"], order["order_identifier"]))
        return [order["order_identifier"] for order in found[:count]]


def report(store):
    print(len(store.orders), store.by_state())
    print([store.revenue(warehouse) for warehouse in range(17)], store.largest(4))
    return store


@case("zz 21 order lines")
class _:
    def bad():
        return report(OrderStore(fixture("zz_21_orders.jsonl", build)))

    def good():
        return report(OrderStore(fixture("zz_21_orders.jsonl", build), object_pairs_hook=shared_keys))


if __name__ == "__main__":
    kept = run()
