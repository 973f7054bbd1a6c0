"""Asynchronous ingest: parse meter readings and forward them in batches."""
import asyncio
import os
import tempfile

BATCH = 500
WORKERS = 3


def write_readings(path, count):
    with open(path, "w") as out:
        for n in range(count):
            out.write(f"{n},meter-{n % 4001},{n * 13 % 2400},{220 + n % 17}.{n % 10}\n")


def parse(line):
    seq, meter, watts, volts = line.rstrip("\n").split(",")
    return {"seq": int(seq), "meter": meter, "watts": int(watts), "volts": float(volts)}


class Sink:
    """Remote store; every write suspends the caller once."""

    def __init__(self):
        self.rows = 0
        self.watts = 0
        self.peak = {}

    async def write(self, batch):
        await asyncio.sleep(0)
        for row in batch:
            self.rows += 1
            self.watts += row["watts"]
            zone = row["meter"][-1]
            self.peak[zone] = max(self.peak.get(zone, 0.0), row["volts"])


class Pipeline:
    def __init__(self, sink):
        self.sink = sink
        self.queue = asyncio.Queue()
        self.batches = 0

    async def produce(self, path):
        batch = []
        with open(path) as lines:
            for line in lines:
                batch.append(parse(line))
                if len(batch) == BATCH:
                    await self.queue.put(batch)
                    self.batches += 1
                    batch = []
        if batch:
            await self.queue.put(batch)
            self.batches += 1
        for _ in range(WORKERS):
            await self.queue.put(None)

    async def consume(self):
        while (batch := await self.queue.get()) is not None:
            await self.sink.write(batch)

    async def run(self, path):
        async with asyncio.TaskGroup() as group:
            for _ in range(WORKERS):
                group.create_task(self.consume())
            group.create_task(self.produce(path))


async def ingest(path):
    sink = Sink()
    pipeline = Pipeline(sink)
    await pipeline.run(path)
    return sink, pipeline.batches


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "readings.csv")
        write_readings(path, 260_000)
        sink, batches = asyncio.run(ingest(path))
    print("batches", batches, "rows", sink.rows, "watts", sink.watts)
    for zone in sorted(sink.peak):
        print("zone", zone, sink.peak[zone])


if __name__ == "__main__":
    main()
