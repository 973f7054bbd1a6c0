# sized
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import numpy as np
def peaks(load):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        series = pool.map(load, range(12))  # expect: HW750
    print(round(sum(float(s.max()) for s in series), 6))
def total(load, paths):
    found = 0
    with multiprocessing.Pool(4) as pool:
        for table in pool.imap_unordered(load, paths):  # expect: HW750
            found += table.sum()
    return found
def lengths(load, paths):
    with ProcessPoolExecutor() as executor:
        tables = list(executor.map(load, paths))  # expect: HW750
    return [np.mean(table) for table in tables]
def kept(load, paths):
    with multiprocessing.Pool(4) as pool:
        tables = pool.map(load, paths)
    return np.concatenate(tables)
def shown(load, paths):
    with multiprocessing.Pool(4) as pool:
        for table in pool.imap(load, paths):
            print(table.max())
            draw(table)
def numbers(count, paths):
    with multiprocessing.Pool(4) as pool:
        return sum(pool.map(count, paths))
def of_threads(load, paths):
    with ThreadPoolExecutor() as executor:
        return sum(t.sum() for t in executor.map(load, paths))
def stored(load, paths, out):
    with multiprocessing.Pool(4) as pool:
        for i, table in enumerate(pool.imap(load, paths)):
            out[i] = table
