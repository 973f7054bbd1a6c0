"""An upload service with an admin panel that shows the latest errors."""
import collections
import logging
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from harness import CASES, D, case, fixture, run

log = logging.getLogger("uploads")
log.propagate = False


class BadUpload(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class Upload:
    number: int
    customer: int

    def read(self):
        rng = random.Random(self.number)
        return rng.randbytes(rng.randrange(160_000, 260_000))


class Decoder:
    def __init__(self, upload):
        self.upload = upload

    def header(self, content):
        if content[0] < 128:
            raise BadUpload(f"customer {self.upload.customer}: magic byte {content[0]:#04x} unknown")
        return content[:16].hex()

    def decode(self):
        content = self.upload.read()
        return self.header(content), len(content)


class Panel(logging.Handler):
    """The newest errors for the page /admin/errors."""

    size = 400

    def __init__(self):
        super().__init__(logging.ERROR)
        self.latest = collections.deque(maxlen=self.size)

    def page(self):
        raise NotImplementedError


class RecordPanel(Panel):
    def emit(self, record):
        self.latest.append(record)

    def page(self):
        return [self.format(record).splitlines()[-1] for record in self.latest]


@dataclass(frozen=True, slots=True)
class Entry:
    created: float
    text: str


class TextPanel(Panel):
    def emit(self, record):
        self.latest.append(Entry(record.created, self.format(record)))

    def page(self):
        return [entry.text.splitlines()[-1] for entry in self.latest]


class Service:
    def __init__(self, panel):
        self.panel = panel
        self.decoded = {}
        log.handlers[:] = [panel]

    def handle(self, upload):
        try:
            self.decoded[upload.number] = Decoder(upload).decode()
        except BadUpload:
            log.exception("upload %d refused", upload.number)

    def serve(self, uploads):
        with ThreadPoolExecutor(2) as pool:
            for upload in uploads:
                pool.submit(self.handle, upload)
        return self


def day(panel):
    service = Service(panel).serve(Upload(n, n * 7919 % 1000) for n in range(700))
    return service, sorted(service.panel.page())


@case('02 ring of log records with exc_info')
class _:
    def bad():
        return day(RecordPanel())

    def good():
        return day(TextPanel())


if __name__ == "__main__":
    kept = run()
