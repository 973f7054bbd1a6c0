import gc
import os
import pickle
import sys

from harness import CASES, D, case, fixture, run


def events(n):
    import random
    r = random.Random(125756)
    for i in range(n):
        yield {"id": i, "kind": f"kind-{i % 9}", "session": r.randbytes(16).hex(),
               "path": [f"/shop/{r.randrange(10_000)}" for _ in range(6)],
               "payload": {"user": f"user-{r.randrange(100_000)}", "agent": r.randbytes(300).hex()}}


class Journal:
    """A file to which events are added one after the other."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.pickler = pickle.Pickler(self.file, protocol=pickle.HIGHEST_PROTOCOL)
        self.count = 0

    def append(self, event):
        self.pickler.dump(event)
        self.count += 1


class ClearingJournal(Journal):
    def append(self, event):
        self.pickler.dump(event)
        self.pickler.clear_memo()
        self.count += 1


@case('58 memo of a reused Pickler keeps every object')
class _:
    def setup(): import random
    def bad():
        journal = Journal(os.path.join(D, "kk_journal.pickle"))
        for event in events(30_000):
            journal.append(event)
        return journal
    def good():
        journal = ClearingJournal(os.path.join(D, "kk_journal.pickle"))
        for event in events(30_000):
            journal.append(event)
        return journal


if __name__ == "__main__":
    kept = run()
