"""A chat relay on asyncio: short connections, and one orderly shutdown for all of them."""
import asyncio
import random

from harness import case, run


class Connection:
    def __init__(self, number, rng):
        self.number = number
        self.inbox = bytearray()
        self.rng = rng
        self.open = True

    async def receive(self):
        await asyncio.sleep(0)
        self.inbox += self.rng.randbytes(self.rng.randint(1000, 4000))
        return len(self.inbox)

    def abort(self, *_):
        self.open = False


class Relay:
    def __init__(self):
        self.stopping = asyncio.get_running_loop().create_future()
        self.relayed = 0
        self.limit = asyncio.Semaphore(50)

    async def serve(self, connection):
        self.stopping.add_done_callback(connection.abort)
        await self.talk(connection)

    async def talk(self, connection):
        async with self.limit:
            for _ in range(4):
                if not connection.open:
                    break
                await connection.receive()
            self.relayed += len(connection.inbox)


class RoomRelay(Relay):
    async def serve(self, connection):
        self.stopping.add_done_callback(connection.abort)
        try:
            await self.talk(connection)
        finally:
            self.stopping.remove_done_callback(connection.abort)


async def evening(relay_class, waves=60, size=150):
    relay = relay_class()
    rng = random.Random(7)
    for wave in range(waves):
        async with asyncio.TaskGroup() as group:
            for n in range(size):
                group.create_task(relay.serve(Connection(wave * size + n, rng)))
    print("relayed bytes", relay.relayed)
    return relay


@case("xx 07 chat connections")
class _:
    def bad():
        with asyncio.Runner() as runner:
            return runner.run(evening(Relay))

    def good():
        with asyncio.Runner() as runner:
            return runner.run(evening(RoomRelay))


if __name__ == "__main__":
    kept = run()
