"""Weather station intake: stations report in rounds, the reports are checked and written to a store."""
import asyncio
from collections import defaultdict

from harness import case, run

STATIONS = 260
ROUNDS = 110


class Station:
    def __init__(self, number):
        self.number = number
        self.height = (number * 37) % 1900

    def report(self, turn):
        """A report as it comes from the wire: header and the readings since the last one."""
        base = 150 + (self.number * 13 + turn * 7) % 210
        return {
            "station": self.number,
            "turn": turn,
            "readings": [
                {"minute": m, "temperature": (base + (m * 11 + turn) % 37) / 10, "wind": (m * turn + self.number) % 310}
                for m in range(16)
            ],
        }


class Store:
    """Stands for a database: each write has to wait a little for its turn."""

    def __init__(self):
        self.highest = defaultdict(float)
        self.gusts = 0
        self.rows = 0

    async def write(self, station, readings):
        await asyncio.sleep(0)
        for reading in readings:
            self.rows += 1
            self.highest[station] = max(self.highest[station], reading["temperature"])
            self.gusts += reading["wind"] > 280


class Intake:
    DEPTH = 0

    def __init__(self, stations, store):
        self.stations = stations
        self.store = store
        self.inbox = asyncio.Queue(self.DEPTH)
        self.refused = 0

    async def collect(self, turns):
        for turn in turns:
            for station in self.stations:
                await self.inbox.put(station.report(turn))
            await asyncio.sleep(0)

    async def check(self):
        while True:
            report = await self.inbox.get()
            readings = [r for r in report["readings"] if -40 < r["temperature"] < 36.5]
            self.refused += len(report["readings"]) - len(readings)
            await self.store.write(report["station"], readings)
            self.inbox.task_done()

    async def run(self, rounds):
        workers = [asyncio.create_task(self.check()) for _ in range(4)]
        await asyncio.gather(*(self.collect(range(k, rounds, 2)) for k in range(2)))
        await self.inbox.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


class PacedIntake(Intake):
    DEPTH = 64


async def service(kind):
    store = Store()
    intake = kind([Station(n) for n in range(STATIONS)], store)
    await intake.run(ROUNDS)
    print("rows", store.rows, "refused", intake.refused, "gusts", store.gusts)
    print("warmest", sorted(store.highest.items(), key=lambda pair: (-pair[1], pair[0]))[:3])
    return store


@case("af 06 weather intake")
class _:
    def bad():
        return asyncio.run(service(Intake))

    def good():
        return asyncio.run(service(PacedIntake))


if __name__ == "__main__":
    kept = run()
