import os
import shelve

from harness import case, fixture, run

CHANNELS = ["web", "app", "shop", "phone"]


def build(folder):
    os.makedirs(folder)
    with shelve.open(os.path.join(folder, "profiles")) as shelf:
        for number in range(8000):
            shelf["user-%05d" % number] = {
                "name": "user %d" % number,
                "tier": "new",
                "visits": [
                    {"at": 1700000000 + number * 60 + visit, "channel": CHANNELS[(number + visit) % 4],
                     "page": "/item/%d/%d" % (number, visit), "cents": (number * visit) % 900}
                    for visit in range(30)
                ],
            }


class TierJob:
    """Nightly: sets every customer's tier from what was spent."""

    def __init__(self):
        self.tiers = {}
        self.cents = 0

    def tier(self, profile):
        spent = sum(visit["cents"] for visit in profile["visits"])
        self.cents += spent
        return "gold" if spent > 14000 else "silver" if spent > 11000 else "base"

    def note(self, tier):
        self.tiers[tier] = self.tiers.get(tier, 0) + 1


def update_in_place(path):
    job = TierJob()
    with shelve.open(path, writeback=True) as shelf:
        for user in sorted(shelf):
            profile = shelf[user]
            profile["tier"] = job.tier(profile)
            job.note(profile["tier"])
    return job


def update_and_store(path):
    job = TierJob()
    with shelve.open(path) as shelf:
        for user in sorted(shelf):
            profile = shelf[user]
            profile["tier"] = job.tier(profile)
            job.note(profile["tier"])
            shelf[user] = profile
    return job


def report(job):
    print(sorted(job.tiers.items()), job.cents)


def profiles():
    return os.path.join(fixture("zz_10_profiles", build), "profiles")


@case("zz 10 profile shelf")
class _:
    def bad():
        report(update_in_place(profiles()))

    def good():
        report(update_and_store(profiles()))


if __name__ == "__main__":
    kept = run()
