"""A household survey in memory: wide records from mixins, scored and grouped."""
import random
from collections import Counter

from harness import CASES, D, case, fixture, run

PLACE = ("region", "district", "street_type", "floor", "rooms", "heating", "built")
AUDIT = ("interviewer", "wave", "device", "checked", "revision", "minutes")
ANSWERS = ("income_band", "adults", "children", "pets", "cars", "bikes", "transit", "noise", "light", "air",
           "safety", "parks", "shops", "school", "doctor", "internet", "rent_share", "repairs", "neighbours",
           "moving", "owner", "insured", "satisfaction")
HEATING = ("gas", "oil", "district", "pump", "wood")
DEVICES = ("tablet", "phone", "paper")


class Located:
    __slots__ = ()

    def place(self):
        return self.region, self.district

    def is_old(self):
        return self.built < 9


class Audited:
    __slots__ = ()

    def needs_review(self):
        return not self.checked and self.minutes < 8


class Scored:
    __slots__ = ()

    def score(self):
        return (self.safety + self.parks + self.air - self.noise + self.satisfaction) / 5


class Household(Located, Audited, Scored):
    def __init__(self, place, audit, answers):
        for names, values in ((PLACE, place), (AUDIT, audit), (ANSWERS, answers)):
            for name, value in zip(names, values):
                setattr(self, name, value)


class FixedHousehold(Located, Audited, Scored):
    __slots__ = PLACE + AUDIT + ANSWERS
    __init__ = Household.__init__


class Interviews:
    """Stands for the survey's export."""

    def __init__(self, seed=50):
        self.rng = random.Random(seed)

    def __iter__(self):
        pick = self.rng.randrange
        for _ in range(32_000):
            place = (pick(16), pick(200), pick(5), pick(12), 1 + pick(7), HEATING[pick(5)], pick(30))
            audit = (pick(120), pick(4), DEVICES[pick(3)], pick(3) > 0, pick(6), 4 + pick(50))
            yield place, audit, self.rng.choices(range(11), k=len(ANSWERS))


class Survey:
    def __init__(self, record_class):
        self.records = [record_class(*parts) for parts in Interviews()]

    def report(self):
        by_region = Counter()
        for record in self.records:
            by_region[record.region] += record.score()
        review = sum(record.needs_review() for record in self.records)
        return {"regions": by_region.most_common(5), "review": review,
                "old": sum(record.is_old() for record in self.records)}


def evaluate(record_class):
    survey = Survey(record_class)
    return survey, survey.report()


@case('50 survey records of 36 attributes')
class _:
    def bad():
        return evaluate(Household)

    def good():
        return evaluate(FixedHousehold)


if __name__ == "__main__":
    kept = run()
