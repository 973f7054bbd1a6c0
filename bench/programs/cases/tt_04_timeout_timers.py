import asyncio

from harness import case, run


class Request:
    def __init__(self, number):
        self.number = number
        self.body = bytearray(b"b" * 120_000)

    def expire(self):
        print("timed out", self.number)


@case("tt 04 timeout timers")
class _:
    def bad():
        async def handle(number):
            request = Request(number)
            loop.call_later(3600, request.expire)
            await asyncio.sleep(0)
            return request.body.count(b"b") + request.number

        loop = asyncio.new_event_loop()
        print(sum(loop.run_until_complete(handle(n)) for n in range(900)))
        return loop

    def good():
        async def handle(number):
            request = Request(number)
            timer = loop.call_later(3600, request.expire)
            try:
                await asyncio.sleep(0)
                return request.body.count(b"b") + request.number
            finally:
                timer.cancel()

        loop = asyncio.new_event_loop()
        print(sum(loop.run_until_complete(handle(n)) for n in range(900)))
        return loop


if __name__ == "__main__":
    kept = run()
