from collections import defaultdict
import random

from harness import case, run

KNOWN = 4_000
EVENTS = 450_000


def member_id(number):
    return f"member-{number:010d}"


def tagged_members():
    rng = random.Random(11)
    names = ["sport", "travel", "food", "music", "games", "news"]
    for k in range(KNOWN):
        for tag in rng.sample(names, 2):
            yield member_id(k * 997), tag


def clickstream():
    rng = random.Random(12)
    for _ in range(EVENTS):
        if rng.random() < 0.05:
            yield member_id(rng.randrange(KNOWN) * 997)
        else:
            yield member_id(rng.randrange(10**9))


def load_tags():
    tags = defaultdict(list)
    for member, tag in tagged_members():
        tags[member].append(tag)
    return tags


@case("vv 02 tag lookup for a click stream")
class _:
    def bad():
        tags = load_tags()
        clicks = dict.fromkeys(["sport", "travel", "food", "music", "games", "news", "untagged"], 0)
        for member in clickstream():
            found = tags[member]
            if not found:
                clicks["untagged"] += 1
            for tag in found:
                clicks[tag] += 1
        print(sorted(clicks.items()))
        return tags

    def good():
        tags = load_tags()
        clicks = dict.fromkeys(["sport", "travel", "food", "music", "games", "news", "untagged"], 0)
        for member in clickstream():
            found = tags.get(member, ())
            if not found:
                clicks["untagged"] += 1
            for tag in found:
                clicks[tag] += 1
        print(sorted(clicks.items()))
        return tags


if __name__ == "__main__":
    kept = run()
