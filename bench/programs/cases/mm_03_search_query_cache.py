import functools
import random
import time

from harness import case, run

WORDS = ["red", "shoe", "linen", "size", "winter", "sale", "blue", "kids", "coat", "wool"]


def compile_query(text):
    terms = []
    for position, word in enumerate(text.split()):
        terms.append({"term": word, "position": position, "boost": 1.0 + position / 10})
    return {"text": text, "terms": terms, "must": [t["term"] for t in terms]}


@functools.lru_cache(maxsize=None)
def parse_query(text):
    return compile_query(text)


@functools.lru_cache(maxsize=1024)
def parse_query_bounded(text):
    return compile_query(text)


def handle_requests(parse):
    rng = random.Random(7)
    terms = 0
    for number in range(45_000):
        text = " ".join(rng.choices(WORDS, k=5)) + " user%d" % number
        terms += len(parse(text)["terms"])
    time.sleep(0.2)
    print("terms", terms)
    return parse


@case("mm 03 search query cache")
class _:
    def bad():
        return handle_requests(parse_query)

    def good():
        return handle_requests(parse_query_bounded)


if __name__ == "__main__":
    kept = run()
