# sized
import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import repeat
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool
def near(points, query):
    return (points - query).sum()
def of_tuples(points, queries):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.starmap(near, [(points, query) for query in queries])  # expect: HW741
def of_list(points, queries):
    tasks = [(points, query) for query in queries]
    with Pool(2) as pool:
        return pool.starmap(near, tasks)  # expect: HW741
class Task:
    def __init__(self, points, query):
        self.points, self.query = points, query
def of_records(points, queries):
    with Pool(2) as pool:
        return pool.map(solve, [Task(points, query) for query in queries])  # expect: HW741
def of_own_records(chunks, limit):
    with Pool(2) as pool:
        return pool.map(solve, [Task(chunk, limit) for chunk in chunks])
def of_appended(points, queries):
    tasks = []
    for query in queries:
        tasks.append((points, query))
    pool = Pool(2)
    return pool.starmap_async(near, tasks).get()  # expect: HW741
def of_partial(points, queries):
    with Pool(2) as pool:
        return list(pool.imap(partial(near, points), queries))  # expect: HW741
def of_repeat(points, queries):
    with ProcessPoolExecutor(2) as executor:
        return list(executor.map(near, repeat(points), queries))  # expect: HW741
def of_zip(points, queries):
    with Pool() as pool:
        return pool.starmap(near, zip([points] * len(queries), queries))  # expect: HW741
def of_submit(points, queries):
    with ProcessPoolExecutor(2) as executor:
        futures = [executor.submit(near, points, query) for query in queries]  # expect: HW741
        return [each.result() for each in futures]
def of_apply(points, queries):
    pool = Pool(2)
    results = []
    for query in queries:
        results.append(pool.apply_async(near, (points, query)))  # expect: HW741
    return [each.get() for each in results]
class Sampler:
    def __init__(self, pool, data):
        self.pool = Pool(4)
        self.data = data
    def likelihood(self, x):
        return near(self.data, x)
    def run(self, positions):
        return self.pool.map(self.likelihood, positions)  # expect: HW741
def at_once(points, queries):
    return Pool(2).map(partial(near, points), queries)  # expect: HW741
async def of_loop(loop, points, queries):
    with ExitStack() as stack:
        executor = stack.enter_context(ProcessPoolExecutor())
        tasks = [loop.run_in_executor(executor, near, points, query) for query in queries]  # expect: HW741
        return await asyncio.gather(*tasks)
def given_pool(pool, points, queries):
    return pool.map(partial(near, points), queries)
def once(points, queries):
    with Pool(2, initializer=use, initargs=(points,)) as pool:
        return pool.map(near_shared, queries)
def use(points):
    global shared
    shared = points
def near_shared(query):
    return near(shared, query)
def in_threads(points, queries):
    with ThreadPoolExecutor(2) as executor:
        return [executor.submit(near, points, query) for query in queries]
def in_pool_of_threads(points, queries):
    with ThreadPool(2) as pool:
        return pool.starmap(near, [(points, query) for query in queries])
def by_chunk(points, model):
    with Pool(2) as pool:
        return pool.starmap(near, [(chunk, model) for chunk in points])
def by_slice(points, model, size):
    with Pool(2) as pool:
        return pool.starmap(near, [(points[at : at + size], model) for at in range(0, 100, size)])
def own_alone(chunks):
    with Pool(2) as pool:
        return pool.map(sum, chunks)
def of_parts(chunks, model):
    with Pool(2) as pool:
        return pool.map(partial(near, model), chunks)
def of_path(queries):
    path = "points.npy"
    with Pool(2) as pool:
        return pool.starmap(near, [(path, query) for query in queries])
def single(points, query):
    with Pool(2) as pool:
        return pool.apply_async(near, (points, query)).get()
