import asyncio

from harness import case, run


class FakeSocket:
    def __init__(self, number):
        self.number = number
        self.left = 12

    async def recv(self):
        await asyncio.sleep(0)
        if self.left == 0:
            raise ConnectionResetError("peer went away")
        self.left -= 1
        return b"%08d" % (self.number * 100 + self.left) * 2500

    async def ping(self):
        await asyncio.sleep(0)


class Connection:
    def __init__(self, socket):
        self.socket = socket
        self.alive = True
        self.history = []

    async def heartbeat(self):
        while self.alive:
            await asyncio.sleep(20)
            await self.socket.ping()

    async def listen(self):
        keep_alive = asyncio.create_task(self.heartbeat())
        while self.alive:
            message = await self.socket.recv()
            self.history.append(message)
        keep_alive.cancel()


class CarefulConnection(Connection):
    async def listen(self):
        keep_alive = asyncio.create_task(self.heartbeat())
        try:
            while self.alive:
                message = await self.socket.recv()
                self.history.append(message)
        finally:
            keep_alive.cancel()


async def handle_client(connection_class, number):
    connection = connection_class(FakeSocket(number))
    try:
        await connection.listen()
    except ConnectionResetError:
        pass
    return sum(len(message) for message in connection.history)


async def serve(connection_class):
    received = 0
    for number in range(400):
        received += await handle_client(connection_class, number)
    await asyncio.sleep(0.3)
    print("received", received)


@case("nn 02 socket heartbeat")
class _:
    def bad():
        asyncio.run(serve(Connection))

    def good():
        asyncio.run(serve(CarefulConnection))


if __name__ == "__main__":
    kept = run()
