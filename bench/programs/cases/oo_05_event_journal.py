import hashlib
import hmac
import json
import pickle
import tempfile

from harness import case, run


class Journal:
    """Appends events to one open file; a replay reads them back in order."""

    def __init__(self):
        self.file = tempfile.TemporaryFile(prefix="journal-")
        self.pickler = pickle.Pickler(self.file, protocol=5)
        self.count = 0

    def append(self, event):
        self.pickler.dump(event)
        self.count += 1

    def close(self):
        self.file.close()


class IndependentRecordsJournal(Journal):
    def append(self, event):
        self.pickler.dump(event)
        self.pickler.clear_memo()
        self.count += 1


def webhook_bodies(count):
    for number in range(count):
        event = {
            "id": f"evt_{number:08d}",
            "kind": "order.changed" if number % 3 else "order.created",
            "tenant": number % 200,
            "text": f"order {number} was changed by clerk {number % 40}; " * 32,
        }
        yield json.dumps(event).encode()


class Receiver:
    def __init__(self, journal):
        self.journal = journal
        self.digest = b"webhook secret"
        self.by_kind = {}

    def receive(self, body):
        self.digest = hmac.digest(self.digest, body, hashlib.sha256)
        event = json.loads(body)
        self.by_kind[event["kind"]] = self.by_kind.get(event["kind"], 0) + 1
        self.journal.append(event)


def receive_all(receiver):
    for body in webhook_bodies(45_000):
        receiver.receive(body)
    print(sorted(receiver.by_kind.items()), receiver.journal.count, receiver.digest.hex()[:12])
    return receiver


@case("oo 05 event journal")
class _:
    def bad():
        return receive_all(Receiver(Journal()))

    def good():
        return receive_all(Receiver(IndependentRecordsJournal()))


if __name__ == "__main__":
    kept = run()
