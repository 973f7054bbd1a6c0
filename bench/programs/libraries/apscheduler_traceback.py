"""Report service: scheduled coroutines load a day's data; some days are broken."""
import asyncio
import logging
import time
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

logging.basicConfig(level=logging.CRITICAL)
DAYS = 28


async def load_day(day):
    """About 4 MB of readings for one day."""
    await asyncio.sleep(0)
    return bytearray(b"%05d," % day * 700_000)


async def daily_report(day):
    readings = await load_day(day)
    total = sum(readings[:1000])
    if day % 4:
        raise ValueError("day %d has a gap, total so far %d" % (day, total))
    return total


class Desk:
    """Keeps the score and says when a job is through."""

    def __init__(self):
        self.done = asyncio.Queue()
        self.score = {"ok": 0, "failed": 0}

    def on_event(self, event):
        self.score["failed" if event.code == EVENT_JOB_ERROR else "ok"] += 1
        self.done.put_nowait(event.job_id)


async def main():
    desk = Desk()
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_listener(desk.on_event, EVENT_JOB_ERROR | EVENT_JOB_EXECUTED)
    scheduler.start()
    for day in range(DAYS):
        when = datetime.utcnow() + timedelta(milliseconds=20)
        scheduler.add_job(daily_report, "date", args=[day], run_date=when, misfire_grace_time=60)
        await desk.done.get()
    print(desk.score)
    time.sleep(0.3)
    scheduler.shutdown()


asyncio.run(main())
