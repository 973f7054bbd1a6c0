"""Delivers webhooks in the background while the service goes on taking events."""
import asyncio
import json

from harness import case, run


class Endpoint:
    """Stands in for the subscriber's server."""

    async def post(self, url, body):
        await asyncio.sleep(0)
        status = 410 if body["event"] % 211 == 0 else 200
        return status, json.dumps({"echo": body, "url": url, "trace": "t" * 7000 + str(body["event"])})


class WebhookService:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.tasks = set()
        self.statuses = {}

    async def deliver(self, url, event):
        status, answer = await self.endpoint.post(url, {"event": event})
        self.statuses[status] = self.statuses.get(status, 0) + 1
        return answer

    def publish(self, url, event):
        task = asyncio.get_running_loop().create_task(self.deliver(url, event))
        self.tasks.add(task)
        return task


class WebhookDispatcher(WebhookService):
    def publish(self, url, event):
        task = super().publish(url, event)
        task.add_done_callback(self.tasks.discard)
        return task


async def ingest(service, count):
    for event in range(count):
        service.publish(f"https://customer-{event % 40}.example/hooks", event)
        if event % 50 == 49:
            await asyncio.sleep(0)
    while any(not task.done() for task in service.tasks):
        await asyncio.sleep(0)


def serve(service, count=20_000):
    asyncio.run(ingest(service, count))
    print("delivered", count, "events:", sorted(service.statuses.items()))
    return service


@case("ab 07 webhooks")
class _:
    def bad():
        return serve(WebhookService(Endpoint()))

    def good():
        return serve(WebhookDispatcher(Endpoint()))


if __name__ == "__main__":
    kept = run()
