import asyncio
import zlib

from harness import case, run

BLOCKS = 7_500


def meter_blocks():
    for block in range(BLOCKS):
        first = block * 400
        yield b"".join(b"meter=%08d;kwh=%06d\n" % (n, n % 9973) for n in range(first, first + 400))


class FeedServer:
    async def on_connect(self, reader, writer):
        await reader.readline()
        await self.send_feed(writer)
        writer.close()
        await writer.wait_closed()

    async def send_feed(self, writer):
        for block in meter_blocks():
            writer.write(block)


class PacedFeedServer(FeedServer):
    async def send_feed(self, writer):
        for block in meter_blocks():
            writer.write(block)
            await writer.drain()


async def download(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"FEED all\n")
    await writer.drain()
    received = checksum = 0
    while chunk := await reader.read(65536):
        received += len(chunk)
        checksum = zlib.crc32(chunk, checksum)
    writer.close()
    await writer.wait_closed()
    return received, checksum


async def main(feed):
    server = await asyncio.start_server(feed.on_connect, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        received, checksum = await download(port)
    print("received", received, "crc", f"{checksum:08x}")


@case("oo 13 meter feed")
class _:
    def bad():
        asyncio.run(main(FeedServer()))

    def good():
        asyncio.run(main(PacedFeedServer()))


if __name__ == "__main__":
    kept = run()
