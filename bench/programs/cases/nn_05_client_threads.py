import threading
import time

from harness import case, run


class FlagClient:
    def __init__(self, tenant, interval=30.0):
        self.tenant = tenant
        self.interval = interval
        self.rules = {}
        self._stop = threading.Event()
        self._poller = threading.Thread(target=self._poll, daemon=True)
        self._poller.start()

    def _poll(self):
        while not self._stop.wait(self.interval):
            self.refresh()

    def refresh(self):
        for n in range(1500):
            name = "tenant-%d-flag-%d" % (self.tenant, n)
            self.rules[name] = {"name": name, "enabled": n % 3 == 0, "share": n / 10}

    def enabled(self):
        return sum(rule["enabled"] for rule in self.rules.values())

    def close(self):
        self._stop.set()
        self._poller.join()


def evaluate(tenant):
    client = FlagClient(tenant)
    client.refresh()
    return client.enabled()


def evaluate_and_close(tenant):
    client = FlagClient(tenant)
    try:
        client.refresh()
        return client.enabled()
    finally:
        client.close()


def handle_requests(evaluate_tenant):
    enabled = 0
    for tenant in range(120):
        enabled += evaluate_tenant(tenant)
    time.sleep(0.3)
    print("enabled", enabled)


@case("nn 05 client threads")
class _:
    def bad():
        handle_requests(evaluate)

    def good():
        handle_requests(evaluate_and_close)


if __name__ == "__main__":
    kept = run()
