CODE, HOLDER = "HW143", "unfinished_tasks.background"
import asyncio

loop = asyncio.new_event_loop()
background = set()


async def watch(payload):
    await asyncio.Event().wait()
    return payload


async def start(stop):
    ts = [asyncio.create_task(watch(bytearray(2000))) for _ in range(3)]  # here
    await asyncio.sleep(0)
    if stop:
        for t in ts:
            t.cancel()
        await asyncio.gather(*ts, return_exceptions=True)
    else:
        background.update(ts)


def leaking():
    loop.run_until_complete(start(False))


def clean():
    loop.run_until_complete(start(True))
