"""Takes telemetry frames off the gateway and stores a digest of each in the station table."""
import asyncio
import zlib

from harness import case, run

FRAME = 64 * 1024
STATIONS = 12


class Gateway:
    """Replays the frames that the field units sent."""

    def __init__(self, count):
        self.count = count

    def frames(self):
        for number in range(self.count):
            head = number.to_bytes(4, "big")
            yield number % STATIONS, head * (FRAME // 4)


class StationTable:
    def __init__(self):
        self.frames = [0] * STATIONS
        self.digest = [0] * STATIONS
        self.packed = 0

    async def store(self, station, frame):
        await asyncio.sleep(0)
        self.frames[station] += 1
        self.packed += len(zlib.compress(frame))
        self.digest[station] = zlib.crc32(frame, self.digest[station])

    def __str__(self):
        return f"{sum(self.frames)} frames, {sum(self.digest) % 1_000_003:06d}, {self.packed} bytes packed"


async def receive(gateway, queue, workers):
    for item in gateway.frames():
        await queue.put(item)
    for _ in range(workers):
        await queue.put(None)


async def work(queue, table):
    while True:
        item = await queue.get()
        if item is None:
            return
        station, frame = item
        await table.store(station, frame)


async def ingest(queue, count):
    table = StationTable()
    tasks = [asyncio.create_task(work(queue, table))]
    await receive(Gateway(count), queue, len(tasks))
    await asyncio.gather(*tasks)
    return table


async def ingest_all(count=3200):
    return await ingest(asyncio.Queue(), count)


async def ingest_steady(count=3200, depth=16):
    return await ingest(asyncio.Queue(maxsize=depth), count)


@case("ac 03 telemetry ingest")
class _:
    def bad():
        table = asyncio.run(ingest_all())
        print(table)
        return table

    def good():
        table = asyncio.run(ingest_steady())
        print(table)
        return table


if __name__ == "__main__":
    kept = run()
