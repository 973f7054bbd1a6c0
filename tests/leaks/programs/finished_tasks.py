CODE, HOLDER = "HW142", "finished_tasks.tasks"
import asyncio

tasks = []
running = set()
loop = asyncio.new_event_loop()


async def job():
    return bytes(5000)  # here


async def keep():
    for _ in range(10):
        tasks.append(asyncio.create_task(job()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def drop():
    for _ in range(10):
        task = asyncio.create_task(job())
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def leaking():
    loop.run_until_complete(keep())


def clean():
    loop.run_until_complete(drop())
