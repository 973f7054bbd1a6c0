CODE, HOLDER = "HW205", "executors.pools"
from concurrent.futures import ThreadPoolExecutor

pools = []


def leaking():
    pool = ThreadPoolExecutor(1)  # here
    pool.submit(int).result()
    pools.append(pool)


def clean():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
