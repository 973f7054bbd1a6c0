import gc
import random
import zlib

from harness import CASES, D, case, fixture, run


class TransportError(Exception):
    pass


class FlakyGateway:
    """Stands for the remote side: a seeded share of the recipients never answers."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self.accepted = 0

    def post(self, recipient, body):
        if recipient % 5 < 3:
            raise TransportError(f"recipient {recipient}: 503 after {len(body)} bytes")
        self.accepted += 1
        return zlib.crc32(body)


class Courier:
    """Sends one message with retries; the collector is off because of its pauses."""

    attempts = 3

    def __init__(self, gateway):
        self.gateway = gateway

    def render(self, recipient):
        rng = random.Random(recipient)
        return rng.randbytes(rng.randrange(150_000, 220_000))

    def deliver(self, recipient):
        raise NotImplementedError


class CourierA(Courier):
    def deliver(self, recipient):
        body = self.render(recipient)
        last = None
        for _ in range(self.attempts):
            try:
                return self.gateway.post(recipient, body)
            except TransportError as exc:
                last = exc
        raise last


class CourierB(Courier):
    def deliver(self, recipient):
        body = self.render(recipient)
        last = None
        for _ in range(self.attempts):
            try:
                return self.gateway.post(recipient, body)
            except TransportError as exc:
                last = exc
        try:
            raise last
        finally:
            del last


class Campaign:
    def __init__(self, courier):
        self.courier = courier
        self.receipts = {}
        self.failed = {}

    def send_all(self, recipients):
        for recipient in recipients:
            try:
                self.receipts[recipient] = self.courier.deliver(recipient)
            except TransportError as exc:
                self.failed[recipient] = str(exc)
        return self


def campaign(courier_class):
    gc.collect()
    gc.disable()
    return Campaign(courier_class(FlakyGateway(7))).send_all(range(600))


@case('03 retry keeps the last error in a local, collector off')
class _:
    def bad():
        return campaign(CourierA)

    def good():
        return campaign(CourierB)


if __name__ == "__main__":
    kept = run()
