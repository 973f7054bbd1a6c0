from array import array

import blinker
from harness import case, run

price_changed = blinker.Signal()


class Cart:
    def __init__(self, number):
        self.prices = array("d", bytes(8 * 40_000))
        self.number = number
        self.seen = 0

    def on_price(self, sender, item, price):
        self.prices[item] = price
        self.seen += 1


@case("tt 13 strong receivers")
class _:
    def bad():
        seen = 0
        for n in range(300):
            cart = Cart(n)
            price_changed.connect(lambda sender, cart=cart, **kw: cart.on_price(sender, **kw), weak=False)
            price_changed.send("catalogue", item=n, price=9.5)
            seen += cart.seen
        print(seen)

    def good():
        seen = 0
        for n in range(300):
            cart = Cart(n)
            with price_changed.connected_to(cart.on_price):
                price_changed.send("catalogue", item=n, price=9.5)
            seen += cart.seen
        print(seen)


if __name__ == "__main__":
    kept = run()
