# sized
import numpy as np
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
def load(path):
    return np.load(path)
def count(path):
    return len(open(path).read())
def show(path):
    print(path)
def summed(paths):
    total = 0
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]  # expect: HW724
        for future in as_completed(futures):
            total += future.result().sum()
    return total
def appended(paths):
    futures = []
    with ThreadPoolExecutor() as pool:
        for path in paths:
            futures.append(pool.submit(load, path))  # expect: HW724
        wait(futures)
        for number, future in enumerate(futures):
            array = future.result()
            print(number, len(futures), array.mean())
def by_path(paths, out):
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(load, path): path for path in paths}  # expect: HW724
        for future in as_completed(futures):
            path = futures[future]
            try:
                rows = future.result()
            except OSError:
                continue
            out.write(f"{path} {rows.max()}")
def generated(paths):
    pool = ThreadPoolExecutor(4)
    futures = [pool.submit(load, path) for path in paths]  # expect: HW724
    return sum(each.result().sum() for each in futures)
def unnamed(paths):
    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(load, path) for path in paths]:  # expect: HW724
            print(future.result().sum())
def kept(paths):
    arrays = []
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in as_completed(futures):
            arrays.append(future.result())
    return arrays
def kept_by_name(paths):
    found = {}
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(load, path): path for path in paths}
        for future in as_completed(futures):
            rows = future.result()
            part = rows[:10]
            found[futures[future]] = part
    return found
def joined(paths):
    rows = []
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in futures:
            rows += future.result()
    return rows
def listed(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        return [each.result() for each in futures]
def small(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(count, path) for path in paths]
        return sum(each.result() for each in futures)
def nothing(paths):
    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(show, path) for path in paths]:
            future.result()
def taken_out(paths):
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(load, path): path for path in paths}
        for future in as_completed(futures):
            path = futures.pop(future)
            print(path, future.result().sum())
def handed_over(paths):
    with ThreadPoolExecutor() as pool:
        for future in as_completed([pool.submit(load, path) for path in paths]):
            print(future.result().sum())
def given_back(paths, pool):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in futures:
            print(future.result().sum())
    return futures
def handed_on(paths, store):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in as_completed(futures):
            store(future.result())
def yielded(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in futures:
            yield future.result()
def windowed(paths, deque):
    window = deque()
    with ThreadPoolExecutor() as pool:
        for path in paths:
            window.append(pool.submit(load, path))
            if len(window) > 4:
                print(window.popleft().result().sum())
def fetch(page_id):
    return page_id, open(page_id, "rb").read()
def inspect(body):
    words = body.split()
    return len(words), body.count(b"x")
class Report:
    def __init__(self):
        self.rows, self.total, self.last = [], 0, None
    def add(self, page_id, words, found):
        self.rows.append((page_id, words, found))
    def measure(self, body):
        self.total += len(body)
    def remember(self, body):
        self.last = body
def head(body):
    return body[:10]
def handed_to_function(paths):
    report = Report()
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(fetch, path) for path in paths]  # expect: HW724
        for future in as_completed(futures):
            page_id, body = future.result()
            report.add(page_id, *inspect(body))
    return report
def handed_to_method(paths):
    report = Report()
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]  # expect: HW724
        for future in as_completed(futures):
            report.measure(future.result())
    return report
def handed_to_keeping_method(paths):
    report = Report()
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in as_completed(futures):
            report.remember(future.result())
    return report
def handed_to_part(paths):
    rows = []
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(fetch, path) for path in paths]
        for future in as_completed(futures):
            page_id, body = future.result()
            rows.append((page_id, head(body)))
    return rows
def describe(index, tile):
    return {"index": index, "mean": float(tile.mean()), "most": int(tile.max())}
def _render_all(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]  # expect: HW724
        for index, future in enumerate(futures):
            yield index, future.result()
def rendered(paths):
    rows = []
    for index, tile in _render_all(paths):
        rows.append(describe(index, tile))
    return rows
def _kept_all(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for index, future in enumerate(futures):
            yield index, future.result()
def rendered_and_kept(paths):
    rows = []
    for index, tile in _kept_all(paths):
        rows.append(tile)
        print(describe(index, tile))
    return rows
def _listed_all(paths):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in futures:
            yield future.result()
def listed_later(paths):
    return list(_listed_all(paths))
class Tile:
    def parts_of(self):
        return self.parts
def own_method(paths):
    rows = []
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(load, path) for path in paths]
        for future in as_completed(futures):
            rows.append(future.result().parts_of())
    return rows
def in_batches(paths):
    total, pool = 0, ThreadPoolExecutor()
    pending = []
    for path in paths:
        pending.append(pool.submit(load, path))
        if len(pending) == 8:
            for future in pending:
                total += future.result().sum()
            pending = []
    return total
def until_one_is_done(paths):
    total, pool, pending = 0, ThreadPoolExecutor(), set()
    for path in paths:
        pending.add(pool.submit(load, path))
        if len(pending) > 8:
            done, pending = wait(pending, return_when="FIRST_COMPLETED")
            total += sum(each.result().sum() for each in done)
    for future in as_completed(pending):
        total += future.result().sum()
    return total
def let_go_by_number(paths):
    total, pool = 0, ThreadPoolExecutor()
    futures = [pool.submit(load, path) for path in paths]
    for number, future in enumerate(futures):
        total += future.result().sum()
        futures[number] = None
    return total
def put_by_number(paths):
    total, pool = 0, ThreadPoolExecutor()
    futures = {}
    for number, path in enumerate(paths):
        futures[number] = pool.submit(load, path)
    for number, future in futures.items():
        total += future.result().sum()
    return total
def put_as_keys(paths):
    pool, futures = ThreadPoolExecutor(), {}
    for path in paths:
        futures[pool.submit(load, path)] = path  # expect: HW724
    for future in as_completed(futures):
        print(futures[future], future.result().sum())
def twice(paths):
    pool = ThreadPoolExecutor()
    futures = [pool.submit(load, path) for path in paths]
    mean = 0
    for future in futures:
        mean += future.result().mean()
    return sum(((each.result() - mean) ** 2).sum() for each in futures)
def again_and_again(paths):
    pool = ThreadPoolExecutor()
    futures = [pool.submit(load, path) for path in paths]
    total = 0
    for turn in range(10):
        for future in futures:
            total += future.result().sum() * turn
    return total
def emptied(paths):
    total, pool = 0, ThreadPoolExecutor()
    futures = [pool.submit(load, path) for path in paths]
    for future in futures:
        total += future.result().sum()
        future._result = None
    return total
def matched(paths, kept):
    pool = ThreadPoolExecutor()
    futures = [pool.submit(load, path) for path in paths]
    for future in futures:
        match future.result():
            case [first, *rest]:
                kept.append(rest)
def added(paths):
    pool = ThreadPoolExecutor()
    rows = []
    futures = [pool.submit(load, path) for path in paths]
    for future in futures:
        rows = rows + future.result()
    return rows
def added_up(paths):
    pool = ThreadPoolExecutor()
    total = 0
    futures = [pool.submit(load, path) for path in paths]  # expect: HW724
    for future in futures:
        total = total + future.result()
    return total
