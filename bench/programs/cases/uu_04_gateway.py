import asyncio
import atexit
import contextvars
import zlib

from harness import case, run

request_body = contextvars.ContextVar("request_body")
CONNECTIONS = 1600
BODY_BYTES = 48 * 1024
WAVE = 20


def read_body(number):
    line = f"item={number:06d};qty={number % 17:02d};".encode()
    return line * (BODY_BYTES // len(line))


class Gateway:
    def __init__(self):
        self.stopping = asyncio.Event()
        self.served = 0
        self.checksum = 0

    async def process(self):
        body = request_body.get()
        await asyncio.sleep(0)
        self.checksum ^= zlib.crc32(body)
        self.served += 1

    async def handle(self, number):
        request_body.set(read_body(number))
        work = asyncio.create_task(self.process())
        stop = asyncio.create_task(self.stopping.wait())
        done, pending = await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        if work not in done:
            work.cancel()

    async def serve(self):
        for first in range(0, CONNECTIONS, WAVE):
            await asyncio.gather(*(self.handle(n) for n in range(first, first + WAVE)))


class DrainingGateway(Gateway):
    async def handle(self, number):
        request_body.set(read_body(number))
        work = asyncio.create_task(self.process())
        stop = asyncio.create_task(self.stopping.wait())
        done, pending = await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()


def shut_down(loop, gateway):
    gateway.stopping.set()
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()


def start(gateway_class):
    loop = asyncio.new_event_loop()
    gateway = gateway_class()
    atexit.register(shut_down, loop, gateway)
    loop.run_until_complete(gateway.serve())
    print(gateway.served, gateway.checksum)
    return loop, gateway


@case("uu 04 gateway")
class _:
    def bad():
        return start(Gateway)

    def good():
        return start(DrainingGateway)


if __name__ == "__main__":
    kept = run()
