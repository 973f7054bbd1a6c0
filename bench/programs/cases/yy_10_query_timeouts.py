"""A database client over asyncio: every query waits for its answer with a timeout."""
import asyncio

from harness import case, run

TIMEOUT = 60.0


class QueryTimeout(Exception):
    pass


class Query:
    def __init__(self, number, statement, params):
        self.number = number
        self.statement = statement
        self.params = params
        self.waiter = asyncio.get_running_loop().create_future()


class Server:
    """Answers after one turn of the loop."""

    def send(self, query):
        asyncio.get_running_loop().call_soon(self._answer, query)

    def _answer(self, query):
        if not query.waiter.done():
            query.waiter.set_result(sum(map(len, query.params)) + query.number)


class Protocol:
    def __init__(self, server):
        self.server = server
        self.loop = asyncio.get_running_loop()

    def _on_timeout(self, query):
        if not query.waiter.done():
            query.waiter.set_exception(QueryTimeout(query.statement))

    async def execute(self, query):
        self.loop.call_later(TIMEOUT, self._on_timeout, query)
        self.server.send(query)
        return await query.waiter


class TidyProtocol(Protocol):
    async def execute(self, query):
        timer = self.loop.call_later(TIMEOUT, self._on_timeout, query)
        try:
            self.server.send(query)
            return await query.waiter
        finally:
            timer.cancel()


async def load(protocol_class, batches):
    protocol = protocol_class(Server())
    stored = 0
    for number in range(batches):
        rows = [f"{number};{i};{'x' * (i % 50)}".encode() for i in range(400)]
        stored += await protocol.execute(Query(number, "insert into events values ($1)", rows))
    print(batches, stored)


@case("yy 10 query timeouts")
class _:
    def bad():
        return asyncio.run(load(Protocol, 2300))

    def good():
        return asyncio.run(load(TidyProtocol, 2300))


if __name__ == "__main__":
    kept = run()
