import random

from harness import case, run


def unpack(number):
    rng = random.Random(number)
    return {f"{number}/{entry}.txt": rng.randbytes(9_000) for entry in range(200)}


@case("ss 12 archive index")
class _:
    def bad():
        index = [unpack(number).keys() for number in range(40)]
        print(sum("7/77.txt" in names for names in index), sum(map(len, index)))
        return index

    def good():
        index = [frozenset(unpack(number)) for number in range(40)]
        print(sum("7/77.txt" in names for names in index), sum(map(len, index)))
        return index


if __name__ == "__main__":
    kept = run()
