"""Asynchronous query client: pipelined requests with a time limit for each."""
import asyncio
import random
import struct

HEADER = struct.Struct(">IHH")


class Server:
    """Answers each query with the sum of its parameters."""

    def __init__(self, loop):
        self.loop = loop
        self.received = 0

    def submit(self, packet, client):
        self.received += len(packet)
        ident, _, count = HEADER.unpack_from(packet)
        total = sum(struct.unpack_from(f">{count}d", packet, HEADER.size))
        self.loop.call_soon(client.data_received, ident, total)


class Query:
    def __init__(self, ident, parameters, waiter):
        self.ident = ident
        self.packet = HEADER.pack(ident, 1, len(parameters)) + struct.pack(
            f">{len(parameters)}d", *parameters)
        self.waiter = waiter


class QueryTimeout(Exception):
    pass


class Client:
    def __init__(self, server, timeout):
        self.loop = asyncio.get_running_loop()
        self.server = server
        self.timeout = timeout
        self.pending = {}
        self.timers = {}
        self.next_ident = 0
        self.failed = 0

    def execute(self, parameters):
        query = Query(self.next_ident, parameters, self.loop.create_future())
        self.next_ident += 1
        self.pending[query.ident] = query
        self.timers[query.ident] = self.loop.call_later(
            self.timeout, self.on_timeout, query)
        self.server.submit(query.packet, self)
        return query.waiter

    def on_timeout(self, query):
        if not query.waiter.done():
            self.failed += 1
            self.pending.pop(query.ident, None)
            query.waiter.set_exception(QueryTimeout(query.ident))

    def data_received(self, ident, result):
        query = self.pending.pop(ident)
        self.timers.pop(ident)
        if not query.waiter.done():
            query.waiter.set_result(result)


async def session(client, seed, count):
    rng = random.Random(seed)
    total = 0.0
    for _ in range(count):
        start = rng.randrange(1000)
        total += await client.execute(range(start, start + 2000))
    return total


async def run():
    server = Server(asyncio.get_running_loop())
    client = Client(server, timeout=60.0)
    totals = await asyncio.gather(*(session(client, s, 700) for s in range(8)))
    print("queries", client.next_ident, "bytes", server.received)
    print("failed", client.failed, "pending", len(client.pending))
    for number, total in enumerate(totals):
        print("session", number, f"{total:.0f}")


if __name__ == "__main__":
    asyncio.run(run())
