import numpy as np

from harness import case, run


def streets():
    names = [f"Street {number % 5_000}" for number in range(40_000)]
    names[777] = "Way of the " + "very " * 80 + "long name"
    return names


@case("ss 09 street names")
class _:
    def bad():
        names = np.array(streets())
        print(len(names), int((names == "Street 42").sum()))
        return names

    def good():
        names = np.array(streets(), dtype=np.dtypes.StringDType())
        print(len(names), int((names == "Street 42").sum()))
        return names


if __name__ == "__main__":
    kept = run()
