CODE, HOLDER = "HW143", "never_awaited.jobs"
import contextlib

jobs = []


async def send(body):
    return len(body)


def leaking():
    for _ in range(3):
        jobs.append(send(bytearray(2000)))  # here


def clean():
    for _ in range(3):
        c = send(bytearray(2000))
        with contextlib.suppress(StopIteration):
            c.send(None)
