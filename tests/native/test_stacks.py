"""Stacks at allocations: marks against full walks, constant work at any depth, the public fallback."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Runner, python

ADVERSARIAL = """
import asyncio, functools, importlib, json, keyword, threading, sys
from heapwise.capture.core import native
core = native()
assert core.start(sampled=False, mean_bytes=1.0, path="", metadata=b"{}", cgroup_file="")[0] == 0

class Thing:
    def __init__(self, n): self.n = [n]
    @property
    def prop(self): return [self.n]
    def __getitem__(self, i): return (i, [i])
    def __getattr__(self, name): return [name]
    def __len__(self): return len([1, 2, 3])
    def __lt__(self, other): return [self.n] < [other.n]
    def __enter__(self): return [self]
    def __exit__(self, *a): return [a] and False

def raising(depth):
    x = [depth]
    if depth == 0:
        raise ValueError([depth])
    try:
        return raising(depth - 1)
    finally:
        y = [x]

def generator(n):
    for i in range(n):
        try:
            yield [i]
        except KeyError:
            yield {"caught": [i]}

def delegating(n):
    result = yield from generator(n)
    return [result]

def failing_generator(n):
    for i in range(n):
        yield [i]
    raise RuntimeError([n])

def use_generators():
    for x in generator(5): y = [x]
    for x in delegating(5): y = (x, [y])
    g = generator(3); next(g); g.throw(KeyError("k")); g.close()
    for _ in range(3):
        try:
            for x in failing_generator(2): z = [x]
        except RuntimeError as e:
            z = [e]
    list(map(lambda v: [v], generator(4)))
    [inner for inner in ([v, [v]] for v in generator(4))]

def a(): return b() + [1]
def b(): return [c(i) for i in range(3)]
def c(i): return d(*[i], **{"k": [i]})
def d(i, k=None): return functools.partial(e, [i])()
def e(i): return sorted([Thing(3), Thing(1), Thing(2)], key=lambda t: [t.n])

def tail_loop():
    for i in range(4):
        try:
            x = first(i)
        except ValueError:
            x = second(i)
        x = first_or(i)

def first(i):
    if i % 2: raise ValueError([i])
    return leaf(i)
def second(i): return leaf(i)
def first_or(i): return leaf(i)
def leaf(i): return [i, str(i) * 3]

async def step(n):
    await asyncio.sleep(0)
    return [n, await deeper(n)]
async def deeper(n):
    if n % 3 == 0:
        try:
            await failing()
        except ValueError as error:
            return [error]
    return {n: [n]}
async def failing():
    await asyncio.sleep(0)
    raise ValueError([1])

def work():
    for n in range(60):
        try: raising(n % 7)
        except ValueError: pass
        use_generators(); a(); tail_loop()
        t = Thing(n); t.prop; t[n]; t.missing; len(t)
        with t as s: u = [s]
        json.loads(json.dumps({"a": [n, {"b": str(n)}]}))
        importlib.reload(keyword)
        exec("q = [n for n in range(5)]", {"n": n})
        eval("[1, [2]]")
        type(f"T{n}", (), {"f": lambda self: [self]})().f()

async def tasks():
    for _ in range(20): await asyncio.gather(*[step(n) for n in range(9)])

threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads: t.start()
work()
asyncio.run(tasks())
for t in threads: t.join()
sys.setprofile(lambda *a: None); work(); sys.setprofile(None)
sys.settrace(lambda *a: None); work(); sys.settrace(None)
figures = core.internals()
core.stop(0)
import json as j
print(j.dumps([figures["checked_walks_count"], figures["wrong_walks_count"]]))
"""


def test_marks_agree_with_full_walks() -> None:
    checked, wrong = json.loads(python(ADVERSARIAL, HEAPWISE_CAPTURE_WALK="checked"))
    assert checked > 100_000
    assert wrong == 0


DEPTH = """
import json
from heapwise.capture.core import native
core = native()
core.start(sampled=False, mean_bytes=1.0, path="", metadata=b"{}", cgroup_file="")

def leaf():
    for _ in range(1000): x = [1, 2]; y = {1: x}; z = str(x)
def down(depth):
    if depth: return down(depth - 1)
    leaf()

visited = {}
for depth in (5, 500):
    down(depth)
    before = core.internals(); down(depth); after = core.internals()
    visited[depth] = [after[k] - before[k] for k in ("walks_count", "frames_visited_count")]
print(json.dumps(visited))
"""


def test_a_walk_costs_the_same_at_depth_5_and_500() -> None:
    visited = json.loads(python(DEPTH))
    (walks5, frames5), (walks500, frames500) = visited["5"], visited["500"]
    assert walks5 > 2000
    assert frames5 <= 4 * walks5
    # Entering 500 frames costs each of them once; the thousand allocations below cost no more.
    assert frames500 - frames5 <= 4 * 500 + (walks500 - walks5) * 4


def test_recursion_is_folded_and_deep_recursion_recorded() -> None:
    source = """
    import sys, json
    sys.setrecursionlimit(20000)
    from heapwise.capture.core import native
    core = native()
    core.start(sampled=False, mean_bytes=1.0, path="", metadata=b"{}", cgroup_file="")
    def fib(n): return [n] if n < 2 else fib(n - 1) + fib(n - 2)
    fib(20)
    folded = core.internals()["nodes_count"]
    def deep(n): return [n, deep(n - 1)] if n else bytearray(1000)
    x = deep(10_000)
    after = core.internals()
    core.stop(0)
    print(json.dumps([folded, after["nodes_count"] - folded]))
    """
    folded, deep = json.loads(python(source))
    assert folded < 2000
    assert deep < 100


def test_the_public_fallback_charges_the_same_lines(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from heapwise.analyze.by_place import by_line
    from heapwise.analyze.selection import Selection
    from heapwise.model.recording import Recording

    source = """
    import heapwise, sys
    def make(): return [bytes(500) for _ in range(100)]
    def outer(): return make()
    with heapwise.record(sys.argv[1]):
        x = outer(); y = bytearray(5000)
    """
    tables = []
    for walk in ("marked", "public"):
        path = tmp_path / f"{walk}.hw"
        program = tmp_path / "p.py"
        import textwrap

        program.write_text(textwrap.dedent(source))
        python(f"import sys, runpy; sys.argv = ['p', {str(path)!r}]; runpy.run_path({str(program)!r})",
               HEAPWISE_CAPTURE_WALK=walk)  # fmt: skip
        rows = by_line(Recording.open(path), Selection(limit=0)).rows()
        tables.append(
            {
                (r["line"], r["function"]): r["peak_bytes"]
                for r in rows
                if r["file"].endswith("p.py") and r["peak_bytes"] > 4000
            }
        )
    assert tables[0] == tables[1]
    assert any(size > 50_000 for size in tables[0].values())


def test_a_stack_of_different_functions_is_recorded_to_its_root(run_program: Runner) -> None:
    run = run_program(
        """
        import sys
        sys.setrecursionlimit(10_000)
        names = {}
        for i in range(3000):
            exec(f"def f{i}(): return {'bytearray(3_000_000)' if i == 0 else f'f{i - 1}()'}", names)
        kept = names["f2999"]()
        """
    )
    recording = run.recording
    (site,) = [s for s in recording.sites if s.peak_bytes >= 3_000_000]
    frames = [frame.function for frame in recording.stack(site.parent)]
    assert frames == ["<module>", *(f"f{i}" for i in range(2999, 0, -1))]


def test_walks_below_deep_imports_are_short(tmp_path: Path) -> None:
    for i in range(20):
        (tmp_path / f"below{i}.py").write_text(
            f"import below{i + 1}\n" if i < 19 else "kept = [str(n) for n in range(20_000)]\n"
        )
    program = f"""
    import sys
    sys.path.insert(0, {str(tmp_path)!r})
    sys.dont_write_bytecode = True
    from heapwise.capture.core import native
    core = native()
    assert core.start(sampled=False, mean_bytes=1.0, path="", metadata=b"{{}}", cgroup_file="")[0] == 0
    import below0
    now = core.internals()
    print(now["frames_visited_count"] / now["walks_count"])
    """
    assert float(python(program)) < 8


def test_a_thread_costs_little_address_space() -> None:
    program = """
    import threading
    from heapwise.capture.core import native
    core = native()
    assert core.start(sampled=False, mean_bytes=1.0, path="", metadata=b"{}", cgroup_file="")[0] == 0
    before = core.internals()["own_mapped_bytes"]
    gate = threading.Event()
    threads = [threading.Thread(target=gate.wait) for _ in range(50)]
    for thread in threads: thread.start()
    print(core.internals()["own_mapped_bytes"] - before)
    gate.set()
    """
    assert int(python(program)) < 50 * 64 * 1024 + 4 * 2**20


def test_a_task_hangs_below_the_stack_that_made_its_coroutine(run_program: Runner) -> None:
    run = run_program(
        """
        import asyncio
        kept = []
        async def leaf():
            await asyncio.sleep(0)
            kept.append(bytes(100_000))
        async def fetch():
            await leaf()
        async def gathered():
            await asyncio.gather(*[fetch() for _ in range(5)])
        async def created():
            for task in [asyncio.create_task(fetch()) for _ in range(7)]: await task
        async def main():
            await gathered()
            await created()
        asyncio.run(main())
        """
    )
    recording = run.recording
    found = {}
    for site in recording.sites:
        frame = recording.frames[site.frame]
        if frame.function == "leaf" and site.in_use_bytes > 100_000:
            functions = [f.function for f in recording.stack(site.parent)]
            found[int(site.in_use_count)] = [f for f in functions if "<listcomp>" not in f]
    assert found == {
        5: ["<module>", "main", "gathered", "fetch"],
        7: ["<module>", "main", "created", "fetch"],
    }


def test_tasks_that_start_each_other_do_not_grow_the_tree(run_program: Runner) -> None:
    run = run_program(
        """
        import asyncio
        async def chain(n, done):
            kept = bytes(1000)
            await asyncio.sleep(0)
            if n: asyncio.create_task(chain(n - 1, done))
            else: done.set()
        async def main():
            done = asyncio.Event()
            asyncio.create_task(chain(5000, done))
            await done.wait()
        asyncio.run(main())
        """
    )
    recording = run.recording
    deepest = max(len(recording.stack(s.parent)) for s in recording.sites if s.total_count > 1000)
    assert deepest < 40
    chains = [n for n in recording.node_frames[1:] if recording.frames[n].function == "chain"]
    assert len(chains) < 100
