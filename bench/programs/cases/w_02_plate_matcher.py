"""Licence plate look-up service: fuzzy search with paging by session."""
import heapq
import random
import string
import sys

PAGE = 20
CONFUSED = {("0", "O"), ("O", "0"), ("1", "I"), ("I", "1"), ("8", "B"), ("B", "8"), ("5", "S"), ("S", "5")}


class Sighting:
    __slots__ = ("plate", "camera", "when")

    def __init__(self, plate, camera, when):
        self.plate = plate
        self.camera = camera
        self.when = when


def random_plate(rng):
    letters = "".join(rng.choices(string.ascii_uppercase, k=2))
    return f"{letters}{rng.randrange(100, 1000)}{''.join(rng.choices(string.ascii_uppercase, k=2))}"


def load_sightings(rng, count):
    return [Sighting(random_plate(rng), rng.randrange(120), 1_700_000_000 + k * 7) for k in range(count)]


def similarity(wanted, seen):
    score = 0.0
    for a, b in zip(wanted, seen):
        if a == b:
            score += 1.0
        elif a == "?":
            score += 0.37
        elif (a, b) in CONFUSED:
            score += 0.6
    return score / len(wanted)


class PlateIndex:
    def __init__(self, sightings):
        self.sightings = sightings
        self.by_digit = {}
        for s in sightings:
            self.by_digit.setdefault(s.plate[2], []).append(s)

    def pool(self, wanted):
        digit = wanted[2]
        return self.sightings if digit == "?" else self.by_digit.get(digit, [])

    def scored(self, wanted, floor, newest):
        for s in self.pool(wanted):
            score = similarity(wanted, s.plate)
            if score >= floor:
                yield score - (newest - s.when) * 1e-9, s

    def pages(self, wanted, floor, newest):
        hits = sorted(self.scored(wanted, floor, newest), key=lambda hit: -hit[0])
        for start in range(0, len(hits), PAGE):
            yield [(s.plate, s.camera, round(score, 3)) for score, s in hits[start:start + PAGE]]

    def page_at(self, wanted, floor, newest, number):
        start = number * PAGE
        hits = heapq.nlargest(start + PAGE, self.scored(wanted, floor, newest), key=lambda hit: hit[0])
        return [(s.plate, s.camera, round(score, 3)) for score, s in hits[start:]]


class SearchService:
    """Every search opens a session; clients may fetch further pages later."""

    def __init__(self, index, newest):
        self.index = index
        self.newest = newest
        self.sessions = {}

    def open_bad(self, sid, wanted):
        pages = self.index.pages(wanted, 0.25, self.newest)
        self.sessions[sid] = pages
        return next(pages, [])

    def more_bad(self, sid):
        return next(self.sessions[sid], [])

    def open_good(self, sid, wanted):
        self.sessions[sid] = [wanted, 1]
        return self.index.page_at(wanted, 0.25, self.newest, 0)

    def more_good(self, sid):
        cursor = self.sessions[sid]
        page = self.index.page_at(cursor[0], 0.25, self.newest, cursor[1])
        cursor[1] += 1
        return page


def make_query(rng, sightings):
    plate = list(rng.choice(sightings).plate)
    for k in rng.sample((0, 1, 3, 4, 5, 6), 3):
        plate[k] = "?"
    if rng.random() < 0.35:
        plate[2] = "?"
    return "".join(plate)


def main(arm):
    rng = random.Random(77)
    sightings = load_sightings(rng, 12_000)
    service = SearchService(PlateIndex(sightings), sightings[-1].when)
    open_, more = getattr(service, "open_" + arm), getattr(service, "more_" + arm)
    shown, checksum = 0, 0.0
    for n in range(420):
        sid = f"{rng.getrandbits(64):016x}"
        pages = [open_(sid, make_query(rng, sightings))]
        if rng.random() < 0.15:
            pages.append(more(sid))
        for page in pages:
            shown += len(page)
            checksum += sum(score for _, _, score in page)
    print(f"sessions={len(service.sessions)} shown={shown} checksum={checksum:.3f}")
    return service


if __name__ == "__main__":
    SERVICE = main(sys.argv[1])
