"""Webhook dispatcher: renders order events, delivers them with retries, keeps a dead-letter list."""
import hashlib
import hmac
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
MAX_ATTEMPTS = 3


class DeliveryError(Exception):
    def __init__(self, status, url, attempt):
        super().__init__(f"{status} from {url} at attempt {attempt}")
        self.status = status


@dataclass
class Endpoint:
    tenant: str
    url: str
    secret: bytes
    health: float


@dataclass
class DeadLetter:
    event_id: str
    tenant: str
    cause: object
    attempts: int


@dataclass
class DispatcherState:
    sent: int = 0
    sent_bytes: int = 0
    retries: int = 0
    dead: list = field(default_factory=list)


class Transport:
    """Loopback stand-in for the HTTP client: answers by the endpoint's health."""

    def __init__(self, rng):
        self.rng = rng

    def post(self, endpoint, body, signature, attempt):
        if not signature:
            raise ValueError("unsigned request")
        if self.rng.random() > endpoint.health:
            status = self.rng.choice([500, 502, 503, 504, 429])
            raise DeliveryError(status, endpoint.url, attempt)
        return len(body)


class Dispatcher:
    def __init__(self, transport, endpoints):
        self.transport = transport
        self.endpoints = endpoints
        self.state = DispatcherState()

    def render(self, event):
        envelope = {"id": event["id"], "type": event["type"], "data": event["lines"]}
        return json.dumps(envelope, sort_keys=True).encode()

    def attempt(self, endpoint, body, attempt):
        signature = hmac.new(endpoint.secret, body, hashlib.sha256).hexdigest()
        return self.transport.post(endpoint, body, signature, attempt)

    def deliver(self, event):
        endpoint = self.endpoints[event["tenant"]]
        body = self.render(event)
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                self.state.sent_bytes += self.attempt(endpoint, body, attempt)
                self.state.sent += 1
                return True
            except DeliveryError as exc:
                self.state.retries += 1
                if attempt == MAX_ATTEMPTS:
                    if ARM == "bad":
                        self.bury_bad(event["id"], endpoint, exc, attempt)
                    else:
                        self.bury_good(event["id"], endpoint, exc, attempt)
        return False

    def bury_bad(self, event_id, endpoint, exc, attempts):
        letter = DeadLetter(event_id, endpoint.tenant, exc, attempts)
        self.state.dead.append(letter)

    def bury_good(self, event_id, endpoint, exc, attempts):
        letter = DeadLetter(event_id, endpoint.tenant, str(exc), attempts)
        self.state.dead.append(letter)


def make_endpoints(rng):
    endpoints = {}
    for n in range(40):
        tenant = f"tenant-{n:03d}"
        health = rng.choice([0.15, 0.3, 0.9, 0.97])
        endpoints[tenant] = Endpoint(tenant, f"http://hooks.{tenant}.example/in", rng.randbytes(32), health)
    return endpoints


def event_stream(rng, tenants, count):
    for n in range(count):
        lines = [
            {"sku": f"{rng.getrandbits(40):010x}", "qty": rng.randint(1, 40),
             "price": rng.randint(99, 99999), "note": rng.randbytes(90).hex()}
            for _ in range(rng.randint(120, 300))
        ]
        yield {"id": f"evt_{n:07d}", "type": rng.choice(["order.paid", "order.shipped", "order.refunded"]),
               "tenant": rng.choice(tenants), "lines": lines}


def summarize(state):
    causes = Counter(str(letter.cause).split(" ", 1)[0] for letter in state.dead)
    tops = ",".join(f"{status}:{count}" for status, count in sorted(causes.items()))
    return f"sent={state.sent} bytes={state.sent_bytes} retries={state.retries} dead={len(state.dead)} {tops}"


def main():
    rng = random.Random(11)
    endpoints = make_endpoints(rng)
    dispatcher = Dispatcher(Transport(random.Random(12)), endpoints)
    for event in event_stream(rng, list(endpoints), 1800):
        dispatcher.deliver(event)
    print(summarize(dispatcher.state))
    return dispatcher


if __name__ == "__main__":
    SERVER = main()
