# sized
import itertools
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from multiprocessing import Pool
import networkx as nx
import numpy as np
from joblib import Parallel, delayed
class Summary:
    def __init__(self):
        self.bases = 0
        self.parts = []
    def add_depth(self, depth):
        self.bases += len(depth)
    def hold(self, depth):
        self.parts.append(depth)
def unzipped(jobs, merged):
    summary = Summary()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        results = pool.imap(work, jobs)
        depths, counters = zip(*results)  # expect: HW732
        for depth in depths:
            summary.add_depth(depth)
        for counter in counters:
            merged.add_counts(counter)
    return summary
def at_once(jobs):
    with Pool() as pool:
        depths, names = zip(*pool.map(work, jobs))  # expect: HW732
    return sum(len(depth) for depth in depths)
def of_generator(paths):
    sizes, tables = zip(*(read(path) for path in paths))  # expect: HW732
    for size, in (): print(size)
    return sum(table.sum() for table in tables)
def chained(paths):
    for row in chain(*(read(path) for path in paths)):  # expect: HW732
        print(row)
def chained_list(paths):
    return sum(1 for _ in itertools.chain(*[read(path) for path in paths]))  # expect: HW732
def _parts(paths):
    for path in paths:
        yield read(path)
def total(*parts):
    found = 0
    for part in parts:
        found += part.sum()
    return found
def own(paths):
    return total(*_parts(paths))  # expect: HW732
def listed(jobs):
    with Pool(4) as pool:
        found = list(pool.imap_unordered(work, jobs))  # expect: HW732
    count = 0
    for each in found:
        count += len(each)
    return count
def mapped(jobs):
    pool = multiprocessing.Pool(4)
    count = 0
    for each in pool.starmap(work, jobs):  # expect: HW732
        count += each.sum()
    return count
def threads(jobs):
    with ThreadPoolExecutor() as executor:
        tables = list(executor.map(work, jobs))  # expect: HW732
        return sum(len(table) for table in tables)
def greatest(paths):
    return max(*(load(path) for path in paths))  # expect: HW732
def as_they_come(jobs):
    count = 0
    with Pool(4) as pool:
        for each in pool.imap(work, jobs):
            count += len(each)
    return count
def kept(jobs):
    with Pool(4) as pool:
        return pool.map(work, jobs)
def kept_parts(jobs):
    with Pool(4) as pool:
        depths, names = zip(*pool.imap(work, jobs))
    return depths, names
def held(jobs):
    summary = Summary()
    with Pool(4) as pool:
        for depth in pool.map(work, jobs):
            summary.hold(depth)
    return summary
def twice(jobs):
    with Pool(4) as pool:
        found = pool.map(work, jobs)
    most = max(len(each) for each in found)
    return [len(each) / most for each in found]
def transposed(rows):
    return list(zip(*rows))
def turned(rows):
    names, values = zip(*((row.name, row.value) for row in rows))
    return dict(zip(names, values))
def short():
    return list(chain(*[read(n) for n in (1, 2)]))
def other_map(frame, jobs):
    for each in frame.map(work, jobs):
        print(each)
def lazily(jobs):
    with ThreadPoolExecutor() as executor:
        return sum(len(table) for table in executor.map(work, jobs))
def stacked(paths):
    return np.stack([*(load(path) for path in paths)])
def named_too(paths):
    parts = [read(path) for path in paths]
    print(len(parts))
    return list(chain(*parts))
def in_all_languages(paths):
    return sum(len(part) + len(kind) for part, kind in itertools.product(_parts(paths), ("de", "fr")))  # expect: HW732
def shown_in_all(paths):
    for part, kind in itertools.product(_parts(paths), ("de", "fr")):  # expect: HW732
        print(len(part), kind)
class Pages:
    def sheets(self):
        for path in self.paths:
            yield read(path)
    def listed(self):
        return [read(path) for path in self.paths]
def of_a_method(pages):
    return sum(len(sheet) + len(kind) for sheet, kind in itertools.product(pages.sheets(), ("de", "fr")))  # expect: HW732
def of_a_list_of_a_method(pages):
    return sum(len(sheet) + len(kind) for sheet, kind in itertools.product(pages.listed(), ("de", "fr")))
def counted_by_the_second(paths, counts):
    for part, kind in itertools.product(_parts(paths), ("de", "fr")):  # expect: HW732
        counts[kind] = counts.get(kind, 0) + len(part)
def kept_by_the_second(paths, found):
    for part, kind in itertools.product(_parts(paths), ("de", "fr")):
        found[kind] = part
def of_a_file(paths, name):
    file = open(name)
    return sum(len(part) + len(line) for part, line in itertools.product(_parts(paths), file))
def pairs_kept(paths):
    return list(itertools.product(_parts(paths), ("de", "fr")))
def of_two_generators(paths):
    for part, other in itertools.product(_parts(paths), _parts(paths)):
        print(len(part), len(other))
def of_a_list(paths, kinds):
    for path, kind in itertools.product(paths, kinds):
        print(path, kind)
def simulate(seed):
    return np.random.default_rng(seed).random(100_000)
def ensemble(seeds):
    jobs = (delayed(simulate)(seed) for seed in seeds)
    return Parallel(n_jobs=2)(jobs)  # expect: HW732
def with_options(seeds, summary, **options):  # another call here says return_as
    for field in Parallel(2, **options)(delayed(simulate)(seed) for seed in seeds):
        summary.add_depth(field)
def folded(summary):
    for field in ensemble(range(100)):
        summary.add_depth(field)
def one_by_one(seeds, summary):
    for field in Parallel(2, return_as="generator")(delayed(simulate)(seed) for seed in seeds):
        summary.add_depth(field)
def kept_fields(seeds, summary):
    for field in Parallel(2)(delayed(simulate)(seed) for seed in seeds):
        summary.hold(field)
def stacked_fields(seeds):
    return np.stack(Parallel(2)(delayed(simulate)(seed) for seed in seeds))
def distances(graph):
    table = dict(nx.all_pairs_shortest_path_length(graph))  # expect: HW732
    return table.items()
def mean(graph):
    return sum(sum(reached.values()) for _, reached in distances(graph))
def farthest(graph):
    for node, reached in dict(nx.all_pairs_dijkstra_path_length(graph)).items():  # expect: HW732
        print(node, max(reached.values()))
def looked_up(graph):
    table = dict(nx.all_pairs_shortest_path_length(graph))
    return table[1][2]
def twice_over(graph):
    table = dict(nx.all_pairs_shortest_path_length(graph))
    most = max(len(each) for _, each in table.items())
    return [len(each) / most for _, each in table.items()]
class Archive:
    def __init__(self, out): self.out, self.index = out, {}
    def add(self, number, tile):
        self.index[number] = self.out.tell(), len(tile)
        self.out.write(tile)
class Shelf:
    def __init__(self): self.tiles = {}
    def put_tile(self, number, tile): self.tiles[number] = tile
def render_map(pool, archive):
    for number, tile in pool.map(render, range(140)):  # expect: HW732
        archive.add(number, tile)
def render_shelf(pool, shelf):
    for number, tile in pool.map(render, range(140)):
        shelf.put_tile(number, tile)
def render_any(pool, found):
    for number, tile in pool.map(render, range(140)):
        found.add(tile)
def rendered(out, renderer):
    found = set()
    archive = Archive(out)
    with multiprocessing.Pool(2) as pool:
        renderer(pool, archive)
        render_any(pool, found)
    return archive.index
if __name__ == "__main__":
    own([])
