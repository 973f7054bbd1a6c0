import asyncio

from harness import case, run

JOBS = 55_000


class Worker:
    def __init__(self):
        self.jobs = asyncio.Queue(maxsize=100)
        self.shutdown = asyncio.Event()
        self.done = 0
        self.checksum = 0

    def handle(self, job):
        self.done += 1
        self.checksum = (self.checksum * 31 + job) % 1_000_003

    async def run(self):
        while not self.shutdown.is_set():
            job = asyncio.create_task(self.jobs.get())
            stop = asyncio.create_task(self.shutdown.wait())
            await asyncio.wait({job, stop}, return_when=asyncio.FIRST_COMPLETED)
            if job.done():
                self.handle(job.result())
            else:
                job.cancel()


class SingleStopWorker(Worker):
    async def run(self):
        stop = asyncio.create_task(self.shutdown.wait())
        while not self.shutdown.is_set():
            job = asyncio.create_task(self.jobs.get())
            await asyncio.wait({job, stop}, return_when=asyncio.FIRST_COMPLETED)
            if job.done():
                self.handle(job.result())
            else:
                job.cancel()


async def serve(worker_class):
    worker = worker_class()
    running = asyncio.create_task(worker.run())
    for number in range(JOBS):
        await worker.jobs.put(number)
    while worker.done < JOBS:
        await asyncio.sleep(0)
    worker.shutdown.set()
    await running
    print("done", worker.done, "checksum", worker.checksum)


@case("oo 03 job or shutdown")
class _:
    def bad():
        asyncio.run(serve(Worker))

    def good():
        asyncio.run(serve(SingleStopWorker))


if __name__ == "__main__":
    kept = run()
