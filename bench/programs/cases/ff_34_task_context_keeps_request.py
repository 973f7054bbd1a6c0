import asyncio
import contextvars
import gc
import json
import os
import random
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


request = contextvars.ContextVar("request")


class Request:
    __slots__ = ("session", "body")

    def __init__(self, session, body):
        self.session, self.body = session, body


async def heartbeat(session, beats):
    while True:
        beats[session] = beats.get(session, 0) + 1
        await asyncio.sleep(3600)


def size():
    return len(request.get().body)


async def handle_bad(session, body, tasks, beats):
    request.set(Request(session, body))
    tasks[session] = asyncio.create_task(heartbeat(session, beats))
    await asyncio.sleep(0)
    return size()


async def handle_good(session, body, tasks, beats):
    request.set(Request(session, body))
    tasks[session] = asyncio.create_task(heartbeat(session, beats), context=contextvars.Context())
    await asyncio.sleep(0)
    return size()


def new_loop():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)  # the tasks are pending at exit
    return loop


async def serve(handle, tasks, beats):
    rnd, total = random.Random(5), 0
    for session in range(250):
        total += await asyncio.create_task(handle(session, rnd.randbytes(300_000), tasks, beats))
    return total


@case('34 background tasks copy the context, which has the request in it')
class _:
    def bad():
        loop, tasks, beats = new_loop(), {}, {}
        total = loop.run_until_complete(serve(handle_bad, tasks, beats))
        return loop, tasks, beats, total

    def good():
        loop, tasks, beats = new_loop(), {}, {}
        total = loop.run_until_complete(serve(handle_good, tasks, beats))
        return loop, tasks, beats, total


if __name__ == "__main__":
    kept = run()
