"""Spools the events of a mail system to disk, where the archiver takes them up at night."""
import pickle
import tempfile

from harness import case, run

DOMAINS = ("example.org", "example.net", "example.com")


def events(count):
    for n in range(count):
        domain = DOMAINS[n % len(DOMAINS)]
        yield {
            "message": f"<{n:09d}.{n * 7919 % 999_983}@{domain}>",
            "sender": f"user{n % 700}@{domain}",
            "recipients": [f"list-{(n + k) % 90}@{domain}" for k in range(6)],
            "subject": f"Re: order {n * 31 % 100_000} and the invoice that belongs to it, part {n}",
            "size": n * 131 % 90_000,
        }


class Spool:
    def __init__(self, file):
        self.file = file
        self.written = 0
        self.bytes = 0
        self.open()

    def open(self):
        self.pickler = pickle.Pickler(self.file, protocol=5)

    def append(self, event):
        self.pickler.dump(event)
        self.written += 1
        self.bytes += event["size"]


class PlainSpool(Spool):
    def open(self):
        """Every record is written for itself."""

    def append(self, event):
        pickle.dump(event, self.file, protocol=5)
        self.written += 1
        self.bytes += event["size"]


class MailLog:
    def __init__(self, spool):
        self.spool = spool
        self.by_domain = dict.fromkeys(DOMAINS, 0)

    def handle(self, event):
        domain = event["sender"].partition("@")[2]
        self.by_domain[domain] += len(event["recipients"])
        self.spool.append(event)

    def __str__(self):
        return f"{self.spool.written} events, {self.spool.bytes} bytes of mail, {self.by_domain}"


def day(spool_class, count=150_000):
    file = tempfile.TemporaryFile()
    log = MailLog(spool_class(file))
    for event in events(count):
        log.handle(event)
    print(log)
    return log


@case("ac 18 event spool")
class _:
    def bad():
        return day(Spool)

    def good():
        return day(PlainSpool)


if __name__ == "__main__":
    kept = run()
