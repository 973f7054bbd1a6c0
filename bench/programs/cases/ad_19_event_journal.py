"""Event journal of a parcel hub: appends every scan event to a segment on disk."""
import os
import pickle
import tempfile

from harness import case, run

EVENTS = 52_000


class ScanEvents:
    places = ["ramp", "belt", "sorter", "cage", "van"]

    def __init__(self, count):
        self.count = count

    def __iter__(self):
        for n in range(self.count):
            yield {
                "parcel": f"PX{n * 7919 % 10_000_019:08d}",
                "place": self.places[n % 5],
                "weight": 200 + n * 13 % 9_000,
                "route": [f"hub-{(n + k) % 61}" for k in range(4)],
                "label": f"to {n % 977} Long Street, floor {n % 6}, ring {n % 3 + 1} times; " * 6,
            }


class Segment:
    """One file of the journal, open for appending."""

    def __init__(self, path):
        self.stream = open(path, "wb")
        self.pickler = pickle.Pickler(self.stream, protocol=5)
        self.written = 0

    def append(self, event):
        self.pickler.dump(event)
        self.written += 1

    def close(self):
        self.stream.close()


class IndependentSegment(Segment):
    def append(self, event):
        super().append(event)
        self.pickler.clear_memo()


class Journal:
    def __init__(self, folder, segment_type):
        self.path = os.path.join(folder, "segment-0001.log")
        self.segment = segment_type(self.path)
        self.by_place = {}

    def record(self, event):
        self.segment.append(event)
        self.by_place[event["place"]] = self.by_place.get(event["place"], 0) + event["weight"]

    def first(self):
        with open(self.path, "rb") as stream:
            return pickle.load(stream)


def keep_journal(segment_type):
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(folder, segment_type)
        for event in ScanEvents(EVENTS):
            journal.record(event)
        journal.segment.stream.flush()
        heaviest = max(journal.by_place, key=journal.by_place.get)
        print(f"{journal.segment.written} events, most weight at {heaviest} "
              f"({journal.by_place[heaviest]} g), first {journal.first()['parcel']}")
        journal.segment.close()
    return journal


@case("ad 19 event journal")
class _:
    def bad():
        return keep_journal(Segment)

    def good():
        return keep_journal(IndependentSegment)


if __name__ == "__main__":
    kept = run()
