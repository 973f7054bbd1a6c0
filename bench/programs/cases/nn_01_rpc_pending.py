import asyncio
import itertools

from harness import case, run


class Request:
    def __init__(self, request_id, method, body):
        self.request_id = request_id
        self.method = method
        self.body = body
        self.reply = asyncio.get_running_loop().create_future()


class RpcClient:
    def __init__(self, broker):
        self._ids = itertools.count(1)
        self._pending = {}
        self._broker = broker
        broker.connect(self.on_reply)

    def on_reply(self, request_id, result):
        request = self._pending.pop(request_id, None)
        if request is not None and not request.reply.done():
            request.reply.set_result(result)

    async def call(self, method, body, timeout=0.02):
        request = Request(next(self._ids), method, body)
        self._pending[request.request_id] = request
        self._broker.publish(request.request_id, len(body))
        return await asyncio.wait_for(request.reply, timeout)


class TidyRpcClient(RpcClient):
    async def call(self, method, body, timeout=0.02):
        request = Request(next(self._ids), method, body)
        self._pending[request.request_id] = request
        try:
            self._broker.publish(request.request_id, len(body))
            return await asyncio.wait_for(request.reply, timeout)
        finally:
            self._pending.pop(request.request_id, None)


class Broker:
    def connect(self, on_reply):
        self._on_reply = on_reply

    def publish(self, request_id, size):
        if request_id % 3:
            asyncio.get_running_loop().call_soon(self._on_reply, request_id, size)


async def send_documents(client):
    sent = lost = 0
    for batch in range(60):
        bodies = [b"%08d" % n * 5000 for n in range(batch * 60, batch * 60 + 60)]
        for result in await asyncio.gather(
            *(client.call("index", body) for body in bodies), return_exceptions=True
        ):
            if isinstance(result, int):
                sent += result
            else:
                lost += 1
    await asyncio.sleep(0.2)
    print("sent", sent, "lost", lost)
    return client


@case("nn 01 rpc pending")
class _:
    def bad():
        return asyncio.run(send_documents(RpcClient(Broker())))

    def good():
        return asyncio.run(send_documents(TidyRpcClient(Broker())))


if __name__ == "__main__":
    kept = run()
