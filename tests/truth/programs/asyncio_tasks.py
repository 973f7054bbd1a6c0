"""Tasks: what each allocates counts for its own line."""
import asyncio


async def fetch(i):
    kept = bytes(2 << 20)  # truth: peak=20*MiB end=0
    await asyncio.sleep(0.05)
    return len(kept)


async def main():
    await asyncio.gather(*[fetch(i) for i in range(10)])


asyncio.run(main())
