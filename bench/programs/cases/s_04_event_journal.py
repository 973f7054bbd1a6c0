"""Booking engine with a write-ahead journal: every command's events go to an append-only file."""
import datetime
import os
import pickle
import random
import sys
import tempfile

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
CITIES = ["Graz", "Lyon", "Porto", "Gent", "Turku", "Brno", "Cork", "Bari"]


class Event:
    __slots__ = ("number", "kind", "guest", "room", "night", "price", "note")

    def __init__(self, number, kind, guest, room, night, price, note):
        self.number = number
        self.kind = kind
        self.guest = guest
        self.room = room
        self.night = night
        self.price = price
        self.note = note


class JournalFile:
    """Framing of records on disk."""

    def __init__(self, path):
        self.handle = open(path, "wb", buffering=1 << 16)
        self.pickler = pickle.Pickler(self.handle, protocol=5)
        self.records = 0

    def write_bad(self, events):
        self.pickler.dump(events)
        self.records += 1

    def write_good(self, events):
        self.pickler.dump(events)
        self.pickler.clear_memo()
        self.records += 1

    def sync(self):
        self.handle.flush()


class Journal:
    """Batches the events of a command group."""

    def __init__(self, path, arm, batch):
        self.file = JournalFile(path)
        self.write = self.file.write_bad if arm == "bad" else self.file.write_good
        self.batch = batch
        self.pending = []

    def append(self, event):
        self.pending.append(event)
        if len(self.pending) >= self.batch:
            self.flush()

    def flush(self):
        if self.pending:
            self.write(self.pending)
            self.pending = []
        self.file.sync()


class Calendar:
    """Room occupancy: only days and counters, no events."""

    def __init__(self, rooms, days):
        self.busy = [bytearray(days) for _ in range(rooms)]
        self.revenue = 0.0

    def book(self, room, night):
        if self.busy[room][night]:
            return False
        self.busy[room][night] = 1
        return True

    def cancel(self, room, night):
        self.busy[room][night] = 0


class Engine:
    def __init__(self, journal, rooms=400, days=900):
        self.journal = journal
        self.calendar = Calendar(rooms, days)
        self.start = datetime.date(2023, 1, 1)
        self.number = 0

    def _emit(self, kind, guest, room, night, price, note):
        self.number += 1
        day = self.start + datetime.timedelta(days=night)
        self.journal.append(Event(self.number, kind, guest, room, day, price, note))

    def command(self, rng):
        room, night = rng.randrange(400), rng.randrange(900)
        guest = "%s-%06d" % (rng.choice(CITIES), rng.randrange(10 ** 6))
        price = round(rng.uniform(40, 260), 2)
        if self.calendar.book(room, night):
            self.calendar.revenue += price
            self._emit("booked", guest, room, night, price, "ref %08x" % rng.getrandbits(32))
        else:
            self.calendar.cancel(room, night)
            self._emit("moved", guest, room, night, -price, "was %08x" % rng.getrandbits(32))


def main(arm):
    os.makedirs(DIR, exist_ok=True)
    path = os.path.join(DIR, "tt-journal-%d.bin" % os.getpid())
    engine = Engine(Journal(path, arm, batch=500))
    os.unlink(path)
    rng = random.Random(77)
    for _ in range(150_000):
        engine.command(rng)
    engine.journal.flush()
    busy = sum(sum(room) for room in engine.calendar.busy)
    print("events", engine.number, "records", engine.journal.file.records,
          "busy", busy, "revenue %.2f" % engine.calendar.revenue)
    return engine


if __name__ == "__main__":
    STATE = main(sys.argv[1])
