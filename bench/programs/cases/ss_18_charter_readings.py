import random

from harness import case, run


class Collation:
    """How far the copies of a charter stand from the oldest one, in words."""

    def __init__(self, oldest):
        self.oldest = oldest
        self.distances = {}

    def add(self, name, copy):
        self.distances[name] = self.distance(self.oldest, copy)

    def distance(self, first, second):
        steps = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
        steps[0] = list(range(len(second) + 1))
        for row, word in enumerate(first, 1):
            above, line = steps[row - 1], steps[row]
            line[0] = row
            for column, other in enumerate(second, 1):
                line[column] = min(above[column] + 1, line[column - 1] + 1,
                                   above[column - 1] + (word != other))
        return steps[-1][-1]


class RowCollation(Collation):
    def distance(self, first, second):
        above = list(range(len(second) + 1))
        for row, word in enumerate(first, 1):
            line = [row]
            for column, other in enumerate(second, 1):
                line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (word != other)))
            above = line
        return above[-1]


def write(words, seed):
    rng = random.Random(seed)
    return [f"w{rng.randrange(300)}" for _ in range(words)]


def copy(text, seed):
    rng = random.Random(seed)
    return [word if rng.random() < .9 else f"v{rng.randrange(90)}" for word in text if rng.random() > .05]


def collate(kind):
    oldest = write(1_500, 1818)
    collation = kind(oldest)
    for number, name in enumerate(("Ghent", "Lille")):
        collation.add(name, copy(oldest, number))
    print(collation.distances)
    return collation


@case("ss 18 charter readings")
class _:
    def bad():
        return collate(Collation)

    def good():
        return collate(RowCollation)


if __name__ == "__main__":
    kept = run()
