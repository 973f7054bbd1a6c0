"""A hub that takes short feeds from many devices, one connection each."""
import asyncio
import contextlib
import random
import zlib

from harness import CASES, D, case, fixture, run


class Connection:
    """A device on the line, with the window of bytes received last."""

    open_now = 0

    def __init__(self, device):
        self.device = device
        self.window = bytearray()
        type(self).open_now += 1

    async def frames(self):
        rng = random.Random(self.device)
        for _ in range(rng.randrange(3, 7)):
            await asyncio.sleep(0)
            yield rng.randbytes(32_000)

    async def receive(self):
        async for frame in self.frames():
            self.window += frame
        return zlib.crc32(self.window)

    async def aclose(self):
        if self.device is not None:
            type(self).open_now -= 1
            self.device = None


class Hub:
    def __init__(self):
        self.resources = contextlib.AsyncExitStack()
        self.sums = {}

    async def __aenter__(self):
        await self.resources.__aenter__()
        return self

    async def __aexit__(self, *exc):
        return await self.resources.__aexit__(*exc)

    async def session(self, device):
        raise NotImplementedError

    async def serve(self, devices, at_once=8):
        queue = asyncio.Queue(at_once)

        async def worker():
            while (device := await queue.get()) is not None:
                self.sums[device] = await self.session(device)

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(worker())
            for device in devices:
                await queue.put(device)
            for _ in range(at_once):
                await queue.put(None)


class HubCommon(Hub):
    async def session(self, device):
        connection = Connection(device)
        self.resources.push_async_callback(connection.aclose)
        try:
            return await connection.receive()
        finally:
            await connection.aclose()


class HubScoped(Hub):
    async def session(self, device):
        async with contextlib.aclosing(Connection(device)) as connection:
            return await connection.receive()


def evening(hub):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(hub.__aenter__())
    loop.run_until_complete(hub.serve(range(500)))
    assert Connection.open_now == 0
    return hub, loop                     # the hub goes on serving


@case('23 close registered on the exit stack of the application')
class _:
    def bad():
        return evening(HubCommon())

    def good():
        return evening(HubScoped())


if __name__ == "__main__":
    kept = run()
