import numpy as np

from harness import case, run


@case("ss 10 drawn tickets")
class _:
    def bad():
        rng = np.random.RandomState(10)
        draws = [rng.choice(1_500_000, 40, replace=False) for _ in range(10)]
        print(sum(len(set(draw.tolist())) for draw in draws))
        return draws

    def good():
        rng = np.random.default_rng(10)
        draws = [rng.choice(1_500_000, 40, replace=False) for _ in range(10)]
        print(sum(len(set(draw.tolist())) for draw in draws))
        return draws


if __name__ == "__main__":
    kept = run()
