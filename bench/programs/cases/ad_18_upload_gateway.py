"""Upload gateway on asyncio: checks a document and keeps a receipt until it expires."""
import asyncio
import contextvars
import zlib

from harness import case, run

UPLOADS = 1_100
DOCUMENT = 96 * 1024
RECEIPT_SECONDS = 3_600
current_upload = contextvars.ContextVar("current_upload")


class Upload:
    def __init__(self, number, body):
        self.number = number
        self.body = body


class Client:
    def uploads(self):
        for number in range(UPLOADS):
            line = b"%07d;" % number
            yield Upload(number, line * (DOCUMENT // len(line)))


class ReceiptBook:
    def __init__(self, loop):
        self.loop = loop
        self.receipts = {}

    def issue(self, number, check):
        self.receipts[number] = check
        self.schedule(number)

    def schedule(self, number):
        self.loop.call_later(RECEIPT_SECONDS, self.receipts.pop, number, None)


class DetachedReceiptBook(ReceiptBook):
    background = contextvars.Context()

    def schedule(self, number):
        self.loop.call_later(RECEIPT_SECONDS, self.receipts.pop, number, None,
                             context=self.background)


class Gateway:
    def __init__(self, book_type):
        self.loop = asyncio.new_event_loop()
        self.book = book_type(self.loop)
        self.refused = 0

    async def handle(self, upload):
        current_upload.set(upload)
        await asyncio.sleep(0)
        await self.check()

    async def check(self):
        upload = current_upload.get()
        check = zlib.crc32(upload.body)
        if check % 50 == 0:
            self.refused += 1
        else:
            self.book.issue(upload.number, check)

    async def serve(self, client):
        for upload in client.uploads():
            await self.loop.create_task(self.handle(upload))


def operate(book_type):
    gateway = Gateway(book_type)
    gateway.loop.run_until_complete(gateway.serve(Client()))
    checks = gateway.book.receipts.values()
    print(f"{len(checks)} receipts, {gateway.refused} refused, sum {sum(checks)}")
    return gateway


@case("ad 18 upload gateway")
class _:
    def bad():
        return operate(ReceiptBook)

    def good():
        return operate(DetachedReceiptBook)


if __name__ == "__main__":
    kept = run()
