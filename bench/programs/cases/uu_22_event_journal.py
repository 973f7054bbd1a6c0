import pickle
import random
import tempfile

from harness import case, run

EVENTS = 32_000


def events():
    rnd = random.Random(22)
    note = "customer asked for the state of the delivery and was told to wait " * 22
    for number in range(EVENTS):
        yield {
            "id": number,
            "kind": rnd.choice(("opened", "moved", "closed")),
            "actor": f"agent-{number % 83}",
            "note": f"{number}: {note}",
            "tags": [f"t{number % 7}", f"q{number % 11}"],
        }


class Journal:
    """Appends events to a file that the nightly job reads back."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()
        self.written = 0
        self.start()

    def start(self):
        self.pickler = pickle.Pickler(self.file, protocol=5)

    def append(self, event):
        self.pickler.dump(event)
        self.written += 1

    def replay(self):
        self.file.seek(0)
        reader = self.reader()
        for _ in range(self.written):
            yield reader()

    def reader(self):
        return pickle.Unpickler(self.file).load


class RecordJournal(Journal):
    def start(self):
        pass

    def append(self, event):
        pickle.dump(event, self.file, protocol=5)
        self.written += 1

    def reader(self):
        return lambda: pickle.load(self.file)


def working_day(journal):
    letters = 0
    for event in events():
        journal.append(event)
        letters += len(event["note"])
    print("written", journal.written, "letters", letters)
    first = next(journal.replay())
    print("first", first["id"], first["actor"], first["tags"])
    return journal


@case("uu 22 event journal")
class _:
    def bad():
        return working_day(Journal())

    def good():
        return working_day(RecordJournal())


if __name__ == "__main__":
    kept = run()
