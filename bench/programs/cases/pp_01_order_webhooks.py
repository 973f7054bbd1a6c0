import asyncio
import uuid
import weakref
from collections import Counter

from harness import case, run


class OrderWebhooks:
    """Applies deliveries of a payment provider; those of one order never overlap."""

    def __init__(self):
        self._locks = {}
        self.applied = Counter()

    def _lock(self, order_id):
        if order_id not in self._locks:
            self._locks[order_id] = asyncio.Lock()
        return self._locks[order_id]

    async def deliver(self, order_id, status):
        async with self._lock(order_id):
            await asyncio.sleep(0)
            self.applied[status] += 1


class RelaxedOrderWebhooks(OrderWebhooks):
    def __init__(self):
        super().__init__()
        self._locks = weakref.WeakValueDictionary()

    def _lock(self, order_id):
        lock = self._locks.get(order_id)
        if lock is None:
            lock = self._locks[order_id] = asyncio.Lock()
        return lock


async def serve(webhooks, bursts, size):
    for burst in range(bursts):
        deliveries = []
        for number in range(size):
            order_id = str(uuid.UUID(int=(burst * size + number) << 40))
            for status in ("authorised", "captured"):
                deliveries.append(webhooks.deliver(order_id, status))
        await asyncio.gather(*deliveries)
    print(sorted(webhooks.applied.items()))
    return webhooks


@case("pp 01 order webhooks")
class _:
    def bad():
        return asyncio.run(serve(OrderWebhooks(), bursts=600, size=100))

    def good():
        return asyncio.run(serve(RelaxedOrderWebhooks(), bursts=600, size=100))


if __name__ == "__main__":
    kept = run()
