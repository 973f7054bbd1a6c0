import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from harness import case, run


def load_tile(number):
    time.sleep(0.004)
    return np.full((400, 400), number % 251, dtype=np.int32)


@case("mm 07 tile futures")
class _:
    def bad():
        total = 0
        with ThreadPoolExecutor(max_workers=4) as pool:
            future_to_tile = {pool.submit(load_tile, n): n for n in range(200)}
            for future in as_completed(future_to_tile):
                number = future_to_tile[future]
                total += int(future.result().sum()) + number
        print("total", total)

    def good():
        total = 0
        with ThreadPoolExecutor(max_workers=4) as pool:
            future_to_tile = {pool.submit(load_tile, n): n for n in range(200)}
            for future in as_completed(future_to_tile):
                number = future_to_tile.pop(future)
                total += int(future.result().sum()) + number
        print("total", total)


if __name__ == "__main__":
    kept = run()
