"""Hospital bed planner: assigns admissions to beds, keeps a ledger of refusals for the night audit."""
import random
import sys
from dataclasses import dataclass
import numpy as np

WARDS = {"cardio": 64, "surgery": 90, "paediatrics": 40, "geriatrics": 72}
HORIZON = 24 * 14  # two weeks of hours
REQUESTS = 2600


class NoBed(Exception):
    def __init__(self, ward, start, hours):
        super().__init__(f"no bed in {ward} at hour {start} for {hours} h")
        self.ward, self.start, self.hours = ward, start, hours


@dataclass(slots=True)
class Admission:
    number: int
    ward: str
    start: int
    hours: int
    isolation: bool


@dataclass(slots=True)
class Refusal:
    number: int
    cause: object

    def ward(self):
        return self.cause.ward


@dataclass(slots=True)
class RefusalNote:
    number: int
    ward_name: str
    hours: int

    def ward(self):
        return self.ward_name


class Ward:
    def __init__(self, name, beds, rng):
        self.name = name
        self.busy = np.zeros((beds, HORIZON), dtype=bool)
        self.comfort = np.array([rng.random() for _ in range(beds)], dtype=np.float32)

    def _cost(self, adm):
        hours = np.arange(HORIZON, dtype=np.float32)
        wait = np.abs(hours - adm.start)[None, :] * 0.25
        cost = wait + self.comfort[:, None]
        cost[self.busy] = np.inf
        if adm.isolation:
            cost[::2] += 3.0
        return cost

    def choose(self, adm):
        cost = self._cost(adm)
        window = cost[:, adm.start:adm.start + adm.hours].sum(axis=1)
        bed = int(window.argmin())
        if not np.isfinite(window[bed]):
            raise NoBed(self.name, adm.start, adm.hours)
        return bed

    def occupy(self, bed, adm):
        self.busy[bed, adm.start:adm.start + adm.hours] = True


class Planner:
    def __init__(self, mode, rng):
        self.wards = {name: Ward(name, beds, rng) for name, beds in WARDS.items()}
        self.refusals = []
        self.placed = 0
        self.note = self._note_bad if mode == "bad" else self._note_good

    def _note_bad(self, adm, exc):
        self.refusals.append(Refusal(adm.number, exc))

    def _note_good(self, adm, exc):
        self.refusals.append(RefusalNote(adm.number, exc.ward, exc.hours))

    def _place(self, adm):
        ward = self.wards[adm.ward]
        ward.occupy(ward.choose(adm), adm)
        self.placed += 1

    def admit(self, adm):
        try:
            self._place(adm)
        except NoBed as exc:
            self.note(adm, exc)


def admissions(rng):
    names = list(WARDS)
    for number in range(REQUESTS):
        hours = int(rng.gammavariate(2.0, 40)) + 4
        start = rng.randrange(0, HORIZON - 24)
        yield Admission(number, rng.choice(names), start, min(hours, HORIZON - start), rng.random() < 0.1)


def main(mode):
    rng = random.Random(2024)
    planner = Planner(mode, rng)
    for adm in admissions(rng):
        planner.admit(adm)
    by_ward = {}
    for refusal in planner.refusals:
        by_ward[refusal.ward()] = by_ward.get(refusal.ward(), 0) + 1
    print("placed", planner.placed, "refused", sorted(by_ward.items()))
    return planner


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
