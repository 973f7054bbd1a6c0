from collections import defaultdict

from harness import case, run


def readings(count):
    """What the gauges send, one after the other."""
    state = 20
    for number in range(count):
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        yield f"gauge-{number % 310:03d}", state / 1_000_000_007


class Levels:
    def __init__(self):
        self.levels = defaultdict(list)

    def add(self, gauge, level):
        self.levels[gauge].append(level)

    def means(self):
        return {gauge: sum(levels) / len(levels) for gauge, levels in self.levels.items()}


class RunningLevels(Levels):
    def __init__(self):
        self.counts = defaultdict(int)
        self.sums = defaultdict(float)

    def add(self, gauge, level):
        self.counts[gauge] += 1
        self.sums[gauge] += level

    def means(self):
        return {gauge: total / self.counts[gauge] for gauge, total in self.sums.items()}


def bulletin(kind):
    levels = kind()
    for gauge, level in readings(1_700_000):
        levels.add(gauge, level)
    means = levels.means()
    highest = max(means, key=means.get)
    print(len(means), highest, round(means[highest], 6))
    return levels


@case("ss 20 river levels")
class _:
    def bad():
        return bulletin(Levels)

    def good():
        return bulletin(RunningLevels)


if __name__ == "__main__":
    kept = run()
