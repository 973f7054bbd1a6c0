"""Indexes a stream of documents with a slow remote step."""
import asyncio
import collections
import random
import zlib
from dataclasses import dataclass

from harness import CASES, D, case, fixture, run


def build(path):
    rng = random.Random(29)
    with open(path, "wb") as out:
        for _ in range(500):
            body = rng.randbytes(rng.randrange(80_000, 160_000))
            out.write(len(body).to_bytes(4, "big") + body)


@dataclass(slots=True)
class Document:
    number: int
    body: bytes


def documents(path):
    with open(path, "rb") as source:
        number = 0
        while head := source.read(4):
            yield Document(number, source.read(int.from_bytes(head, "big")))
            number += 1


class Remote:
    """The service that gives a document its class; a few calls at once are allowed."""

    def __init__(self, at_once=8):
        self.slots = asyncio.Semaphore(at_once)

    async def classify(self, body):
        async with self.slots:
            await asyncio.sleep(0.002)
            return zlib.crc32(body) % 12


class Intake:
    def __init__(self, remote):
        self.remote = remote
        self.classes = collections.Counter()
        self.bytes = 0

    async def index(self, document):
        self.classes[await self.remote.classify(document.body)] += 1
        self.bytes += len(document.body)

    async def take(self, source):
        raise NotImplementedError


class IntakeGathered(Intake):
    async def take(self, source):
        await asyncio.gather(*(self.index(document) for document in source))


class IntakeWorkers(Intake):
    async def take(self, source, workers=8):
        queue = asyncio.Queue(workers)

        async def work():
            while (document := await queue.get()) is not None:
                await self.index(document)

        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())
            for document in source:
                await queue.put(document)
            for _ in range(workers):
                await queue.put(None)


async def main(intake_class):
    intake = intake_class(Remote())
    await intake.take(documents(fixture("f6_documents.bin", build)))
    return intake.classes, intake.bytes


@case('29 one coroutine per document at once')
class _:
    def setup():
        fixture("f6_documents.bin", build)

    def bad():
        return asyncio.run(main(IntakeGathered))

    def good():
        return asyncio.run(main(IntakeWorkers))


if __name__ == "__main__":
    kept = run()
