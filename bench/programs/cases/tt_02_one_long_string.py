import numpy as np
from harness import case, run


def titles():
    for i in range(60_000):
        if i == 41_007:
            yield "long-" + "x" * 595
        else:
            yield f"title-{i:05d}"


@case("tt 02 one long string")
class _:
    def bad():
        column = np.array(list(titles()))
        lengths = np.strings.str_len(column)
        print(len(column), int(lengths.sum()), column[7])
        return column

    def good():
        column = np.empty(60_000, dtype=np.dtypes.StringDType())
        for i, title in enumerate(titles()):
            column[i] = title
        lengths = np.strings.str_len(column)
        print(len(column), int(lengths.sum()), column[7])
        return column


if __name__ == "__main__":
    kept = run()
