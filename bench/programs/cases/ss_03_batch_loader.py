import asyncio

from aiodataloader import DataLoader
from harness import case, run


async def fetch(keys):
    return [b"%09d" % key * 900 for key in keys]


@case("ss 03 batch loader")
class _:
    def bad():
        async def serve():
            loader, sent = DataLoader(fetch), 0
            for request in range(300):
                pages = await loader.load_many(range(request * 30, request * 30 + 30))
                sent += sum(map(len, pages))
            print(sent)
            return loader
        return asyncio.run(serve())

    def good():
        async def serve():
            sent = 0
            for request in range(300):
                loader = DataLoader(fetch)
                pages = await loader.load_many(range(request * 30, request * 30 + 30))
                sent += sum(map(len, pages))
            print(sent)
            return loader
        return asyncio.run(serve())


if __name__ == "__main__":
    kept = run()
