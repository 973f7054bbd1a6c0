"""Sends shipping labels to a carrier and gives a summary of the rejections at the end of the shift."""
import hashlib
from collections import Counter

from harness import case, run


class CarrierError(Exception):
    def __init__(self, code, order_id):
        super().__init__(f"carrier refused order {order_id} with code {code}")
        self.code = code
        self.order_id = order_id


def render_label(order_id):
    """A raster label, as the thermal printers of the depots want it."""
    row = hashlib.sha256(str(order_id).encode()).digest() * 25
    return b"".join(bytes([n % 256]) + row for n in range(500))


class CarrierClient:
    def __init__(self):
        self.accepted = 0

    def post(self, order_id, document):
        digest = hashlib.md5(document).digest()
        if digest[0] % 2:
            raise CarrierError(400 + digest[1] % 5, order_id)
        self.accepted += 1
        return digest.hex()


class Dispatcher:
    def __init__(self, client):
        self.client = client
        self.rejections = []

    def send(self, order_id):
        document = render_label(order_id)
        return self.client.post(order_id, document)

    def on_rejected(self, error):
        self.rejections.append(error)

    def run(self, orders):
        for order_id in orders:
            try:
                self.send(order_id)
            except CarrierError as error:
                self.on_rejected(error)

    def summary(self):
        codes = Counter(r.code for r in self.rejections)
        return f"accepted {self.client.accepted}, refused {sorted(codes.items())}"


class Rejection:
    __slots__ = ("code", "order_id", "text")

    def __init__(self, error):
        self.code = error.code
        self.order_id = error.order_id
        self.text = str(error)


class RecordingDispatcher(Dispatcher):
    def on_rejected(self, error):
        self.rejections.append(Rejection(error))


@case("ac 01 carrier dispatch")
class _:
    def bad():
        dispatcher = Dispatcher(CarrierClient())
        dispatcher.run(range(700))
        print(dispatcher.summary())
        return dispatcher

    def good():
        dispatcher = RecordingDispatcher(CarrierClient())
        dispatcher.run(range(700))
        print(dispatcher.summary())
        return dispatcher


if __name__ == "__main__":
    kept = run()
