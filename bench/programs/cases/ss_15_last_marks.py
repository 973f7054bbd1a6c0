from collections import deque

from harness import case, run


@case("ss 15 last marks")
class _:
    def bad():
        last = {}
        for number in range(300_000):
            last.setdefault(number % 90_000, deque(maxlen=3)).append(number % 11)
        print(len(last), sum(map(sum, last.values())))
        return last

    def good():
        last = {}
        for number in range(300_000):
            pupil = number % 90_000
            last[pupil] = (*last.get(pupil, ())[-2:], number % 11)
        print(len(last), sum(map(sum, last.values())))
        return last


if __name__ == "__main__":
    kept = run()
