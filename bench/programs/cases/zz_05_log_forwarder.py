import io
import logging
import zlib
from collections import deque

from harness import case, run


class LogSender:
    """Ships lines to the control plane in batches."""

    def __init__(self, batch=200):
        self.pending = deque()
        self.batch = batch
        self.lines = 0
        self.check = 0

    def publish(self, step, line):
        self.pending.append((step, line))
        if len(self.pending) >= self.batch:
            self.flush()

    def flush(self):
        while self.pending:
            step, line = self.pending.popleft()
            self.lines += 1
            self.check = zlib.crc32(line.encode(), self.check ^ step)


class LogForwardingHandler(logging.StreamHandler):
    def __init__(self, sender, stream):
        super().__init__(stream)
        self.sender = sender

    def emit(self, record):
        super().emit(record)
        self.sender.publish(getattr(record, "step", 0), self.format(record))


class RecordForwardingHandler(logging.Handler):
    def __init__(self, sender):
        super().__init__()
        self.sender = sender

    def emit(self, record):
        self.sender.publish(getattr(record, "step", 0), self.format(record))


def make_logger(handler):
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("worker.steps")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    return logger


def run_steps(logger, steps, lines):
    for step in range(steps):
        for line in range(lines):
            logger.info(
                "step %d: row %d of %d checked, %s", step, line, lines, "state=ready shard=eu-1 " * 24, extra={"step": step}
            )


def worker(handler, sender):
    logger = make_logger(handler)
    run_steps(logger, 60, 1200)
    sender.flush()
    print(sender.lines, sender.check)


@case("zz 05 log forwarder")
class _:
    def bad():
        sender = LogSender()
        worker(LogForwardingHandler(sender, io.StringIO()), sender)

    def good():
        sender = LogSender()
        worker(RecordForwardingHandler(sender), sender)


if __name__ == "__main__":
    kept = run()
