"""Delivery notes of a courier, looked up by prefix and counted by length."""
import random

import numpy as np

from harness import case, fixture, run

STREETS = "Mill Oak High Lake Park Hill Church Bridge Garden Station".split()


def build_notes(path):
    rng = random.Random(9)
    with open(path, "w") as out:
        for n in range(170_000):
            note = f"{rng.choice(STREETS)} St {rng.randint(1, 400)}"
            if n % 9000 == 17:
                note += ": " + " ".join(["ring twice, then leave it with the neighbour"] * 4)
            out.write(note[:185] + "\n")


class AddressBook:
    def __init__(self, notes):
        self.notes = notes

    @classmethod
    def load(cls, path, dtype):
        notes = np.empty(count_lines(path), dtype=dtype or f"U{longest_line(path)}")
        with open(path) as lines:
            for n, line in enumerate(lines):
                notes[n] = line.rstrip("\n")
        return cls(notes)

    def chunks(self, size=8192):
        for start in range(0, len(self.notes), size):
            yield self.notes[start:start + size]

    def on_street(self, street):
        return sum(int(np.strings.startswith(chunk, street).sum()) for chunk in self.chunks())

    def characters(self):
        return sum(int(np.strings.str_len(chunk).sum()) for chunk in self.chunks())


def count_lines(path):
    with open(path) as lines:
        return sum(1 for _ in lines)


def longest_line(path):
    with open(path) as lines:
        return max(len(line) - 1 for line in lines)


def survey(dtype):
    book = AddressBook.load(fixture("xx_09_notes.txt", build_notes), dtype)
    counts = {street: book.on_street(street) for street in STREETS}
    busiest = max(counts, key=counts.get)
    print(f"{len(book.notes)} notes, {busiest} {counts[busiest]}, {book.characters()} characters")
    return book


@case("xx 09 address book")
class _:
    def setup():
        fixture("xx_09_notes.txt", build_notes)

    def bad():
        return survey(None)

    def good():
        return survey(np.dtypes.StringDType())


if __name__ == "__main__":
    kept = run()
