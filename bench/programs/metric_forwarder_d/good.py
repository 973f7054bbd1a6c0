"""Forward metric batches to a collector over TCP."""
import asyncio
import struct
import zlib

BATCHES = 420
POINTS = 2400
HEADER = struct.Struct("!II")


class Collector:
    """The receiving end; it takes its time over every batch."""

    def __init__(self):
        self.batches = self.points = self.bytes = 0
        self.checksum = 0
        self.done = asyncio.Event()

    async def handle(self, reader, writer):
        while True:
            size, points = HEADER.unpack(await reader.readexactly(HEADER.size))
            if not size:
                break
            body = await reader.readexactly(size)
            await asyncio.sleep(0.0005)
            self.batches += 1
            self.points += points
            self.bytes += size
            self.checksum = zlib.crc32(body, self.checksum)
        writer.close()
        self.done.set()


def sample_lines(batch):
    for n in range(POINTS):
        k = batch * POINTS + n
        yield f"cpu,host=web{k % 41:02d},core={n % 8} user={k * 37 % 1000 / 10},idle={k % 97} {1700000000 + batch}\n"


class Source:
    """Batches of points as the agent's plugins produce them."""

    def __init__(self, batches):
        self.batches = batches

    async def __aiter__(self):
        for batch in range(self.batches):
            await asyncio.sleep(0)
            yield list(sample_lines(batch))


class Forwarder:
    def __init__(self, port):
        self.port = port
        self.sent = 0

    async def connect(self):
        _, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def send(self, lines):
        body = "".join(lines).encode("ascii")
        payload = HEADER.pack(len(body), len(lines)) + body
        self.writer.write(payload)
        await self.writer.drain()
        self.sent += 1

    async def finish(self):
        self.writer.write(HEADER.pack(0, 0))
        await self.writer.drain()
        self.writer.close()


async def run():
    collector = Collector()
    server = await asyncio.start_server(collector.handle, "127.0.0.1", 0)
    forwarder = Forwarder(server.sockets[0].getsockname()[1])
    await forwarder.connect()
    async for lines in Source(BATCHES):
        await forwarder.send(lines)
    await forwarder.finish()
    await collector.done.wait()
    server.close()
    await server.wait_closed()
    return forwarder, collector


def main():
    forwarder, collector = asyncio.run(run())
    print("sent", forwarder.sent, "received", collector.batches)
    print("points", collector.points, "bytes", collector.bytes)
    print("checksum %08x" % collector.checksum)


if __name__ == "__main__":
    main()
