import asyncio
import gzip
from collections import Counter

from harness import case, fixture, run

PATHS = ("/", "/cart", "/login", "/search?q=lamp", "/static/app.js", "/product/1183", "/help")


def build(path):
    with gzip.open(path, "wt", compresslevel=1) as file:
        for n in range(900_000):
            status = 500 if n % 997 == 0 else 404 if n % 53 == 0 else 200
            page = PATHS[n * 31 % len(PATHS)]
            file.write(f'192.0.2.{n % 250} [{n:09d}] "GET {page} HTTP/1.1" {status} {n * 131 % 90000} "-" "Mozilla/5.0"\n')


async def read_blocks(path, queue):
    with gzip.open(path, "rt") as file:
        rest = ""
        while block := file.read(65_536):
            text, _, rest = (rest + block).rpartition("\n")
            await queue.put(text)
    await queue.put(None)


async def count_statuses(queue, statuses, traffic):
    while (text := await queue.get()) is not None:
        for line in text.splitlines():
            status, size = line.split('" ', 2)[1].split(" ")[:2]
            statuses[status] += 1
            traffic[status] += int(size)
        await asyncio.sleep(0)


async def summarise(path, queue):
    statuses, traffic = Counter(), Counter()
    async with asyncio.TaskGroup() as group:
        group.create_task(read_blocks(path, queue))
        group.create_task(count_statuses(queue, statuses, traffic))
    print(sorted(statuses.items()), sorted(traffic.items()))


@case("pp 10 access log")
class _:
    def setup():
        _.path = fixture("pp_access.log.gz", build)

    def bad():
        return asyncio.run(summarise(_.path, asyncio.Queue()))

    def good():
        return asyncio.run(summarise(_.path, asyncio.Queue(maxsize=4)))


if __name__ == "__main__":
    kept = run()
