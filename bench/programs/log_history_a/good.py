"""Webhook receiver that keeps recent log lines for the status page."""
import collections
import json
import logging
import zlib

log = logging.getLogger("webhooks")


class HistoryHandler(logging.Handler):
    """Remembers the latest lines so that /status can show them."""

    def __init__(self, capacity):
        super().__init__()
        self.recent = collections.deque(maxlen=capacity)
        self.by_level = collections.Counter()

    def emit(self, record):
        self.by_level[record.levelname] += 1
        self.recent.append(self.format(record))

    def tail(self, count):
        return list(self.recent)[-count:]


class Receiver:
    def __init__(self):
        self.accepted = 0
        self.rejected = 0
        self.checksum = 0

    def handle(self, number, body):
        log.debug("request %d: %.48s", number, body)
        try:
            self.process(number, json.loads(body))
        except KeyError as exc:
            self.rejected += 1
            log.warning("request %d lacks %s", number, exc)

    def process(self, number, event):
        items = event["items"]
        self.checksum = zlib.crc32(repr((number, len(items), event["repo"])).encode(), self.checksum)
        self.accepted += 1
        if sum(item["size"] for item in items) > 60_000:
            log.info("request %d is large", number)


def deliveries(count):
    """Bodies as the web server would hand them over."""
    for n in range(count):
        event = {"repo": f"group/project-{n % 23}", "event": "push"}
        if n % 17:
            event["items"] = [{"path": f"lib/module_{k}.py", "size": k * (n % 7) * 1000}
                              for k in range(5 + n % 15)]
            event["patch"] = f"+    counter_{n} = counter_{n} + 1\n" * (1200 + n % 400)
        else:
            event["entries"] = []
        yield n, json.dumps(event)


def setup_logging(capacity):
    handler = HistoryHandler(capacity)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(handler)
    return handler


def main():
    history = setup_logging(capacity=2500)
    receiver = Receiver()
    for number, body in deliveries(3500):
        receiver.handle(number, body)
    print("accepted", receiver.accepted, "rejected", receiver.rejected, receiver.checksum)
    print(sorted(history.by_level.items()))
    for line in history.tail(6):
        print(line)


if __name__ == "__main__":
    main()
