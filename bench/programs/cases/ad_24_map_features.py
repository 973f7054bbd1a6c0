"""Loads map features with their free tags, one JSON object a line, and answers tag queries."""
import json
import random
import sys
from collections import Counter

from harness import case, fixture, run

FEATURES = 56_000
TAG_NAMES = [f"{group}:{part}" for group in ("addr", "building", "roof", "opening_hours", "payment")
             for part in ("type", "material", "colour", "condition", "checked", "access", "source", "levels")]
TAG_VALUES = ["yes", "no", "unknown", "limited", "customers", "permissive", "concrete", "brick",
              "wooden", "survey 2021", "survey 2022", "aerial image", "ground", "upper", "1", "2"]


def write_extract(path):
    rng = random.Random(24)
    with open(path, "w") as out:
        for n in range(FEATURES):
            names = rng.sample(TAG_NAMES, 9 + n % 5)
            tags = {name: rng.choice(TAG_VALUES) for name in names}
            out.write(json.dumps({"id": n, "tags": tags}) + "\n")


class Extract:
    def __init__(self, path):
        self.path = path
        self.decoder = self.make_decoder()

    def make_decoder(self):
        return json.JSONDecoder()

    def features(self):
        with open(self.path) as lines:
            for line in lines:
                feature = self.decoder.decode(line)
                yield feature["id"], feature["tags"]


def known_strings(pairs):
    return {sys.intern(name): sys.intern(value) if isinstance(value, str) else value
            for name, value in pairs}


class VocabularyExtract(Extract):
    def make_decoder(self):
        return json.JSONDecoder(object_pairs_hook=known_strings)


class FeatureMap:
    """Features by number; the tags are whatever the mappers wrote."""

    def __init__(self, extract):
        self.features = dict(extract.features())

    def having(self, **wanted):
        wanted = {name.replace("__", ":"): value for name, value in wanted.items()}
        return [number for number, tags in self.features.items()
                if all(tags.get(name) == value for name, value in wanted.items())]

    def common_tags(self, count):
        names = Counter()
        for tags in self.features.values():
            names.update(tags.keys())
        return names.most_common(count)


def open_map(extract_type):
    features = FeatureMap(extract_type(fixture("ad_24_extract.jsonl", write_extract)))
    brick = features.having(building__material="brick", roof__condition="limited")
    print(f"{len(features.features)} features, {len(brick)} brick with limited roof, first {brick[0]}, "
          f"commonest {features.common_tags(1)[0]}")
    return features


@case("ad 24 map features")
class _:
    def bad():
        return open_map(Extract)

    def good():
        return open_map(VocabularyExtract)


if __name__ == "__main__":
    kept = run()
