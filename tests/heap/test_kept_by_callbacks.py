"""HW338: objects that live by a registered callback alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

PROGRAM = """
import functools, time, weakref
class Event:
    def __init__(self): self.callbacks = []
    def subscribe(self, callback): self.callbacks.append(KEPT)
    def fire(self):
        for callback in list(self.callbacks):
            if CALLED is None: self.callbacks.remove(callback)
class Model:
    def __init__(self, n):
        self.n, self.weights = n, [float(n + k) for k in range(1500)]
        SUBSCRIBED
    def rebuild(self, *rest): self.weights = [each + 1.0 for each in self.weights]
changed = Event()
def fitted(n): return sum(Model(n).weights)
def main():
    print(sum(fitted(n) for n in range(60)))
    time.sleep(0.3)  # the peak is looked at before the event is dealt with
    changed.fire()
main()
"""
WAYS = {
    "method": "changed.subscribe(self.rebuild)",
    "partial": "changed.subscribe(functools.partial(self.rebuild, 1))",
    "closure": "changed.subscribe(lambda: self.rebuild())",
    "two of each": "changed.subscribe(self.rebuild); changed.subscribe(self.rebuild)",
}


def filled(kept: str, called: str, subscribed: str) -> str:
    text = PROGRAM.replace("KEPT", kept).replace("CALLED", called)
    return text.replace("SUBSCRIBED", subscribed)


@pytest.mark.parametrize("way", WAYS)
def test_they_are_found_with_all_that_goes(way: str, tmp_path: Path) -> None:
    text = filled("callback", "callback()", WAYS[way])
    found, before, said = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW338")
    mended = filled(
        "weakref.WeakMethod(callback)",
        "(callback() or (lambda: 0))()",
        "changed.subscribe(self.rebuild)",
    )
    twin, after, twin_said = advised(tmp_path / "good", mended, "--snapshot", "peak,end")
    assert said == twin_said != ""
    assert "subscribe(" in text.splitlines()[first["line"] - 1]
    assert 0.9 * (before - after) <= first["saving_bytes"] <= 1.1 * (before - after)
    assert "HW338" not in [each["code"] for each in twin["findings"]]


WEAK = """
class WeakEvent(Event):
    def subscribe(self, callback): self.callbacks.append(weakref.WeakMethod(callback))
    def fire(self):
        for reference in list(self.callbacks):
            callback = reference()
            if callback is not None: callback()
"""


def test_a_class_that_follows_weak_references_gives_the_program_no_work(tmp_path: Path) -> None:
    text = filled("callback", "callback()", WAYS["method"])
    text = text.replace("class Model:", WEAK + "class Model:")
    found, _, _ = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
    assert "HW338" in [each["code"] for each in found["findings"]]
    made = text.replace("callback = reference()", "callback = reference(); made.append(callback)")
    found, _, _ = advised(tmp_path / "used", "made = []\n" + made, "--snapshot", "peak,end")
    assert "HW338" not in [each["code"] for each in found["findings"]]


def test_objects_that_live_elsewhere_too_are_not_told(tmp_path: Path) -> None:
    text = filled("callback", "callback()", WAYS["method"])
    text = text.replace("def fitted(n): return sum(Model(n).weights)", """
models = []
def fitted(n):
    models.append(Model(n))
    return sum(models[-1].weights)""")  # fmt: skip
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW338" not in [each["code"] for each in found["findings"]]


def test_the_data_of_arrays_are_counted_once(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    text = filled("callback", "callback()", WAYS["method"])
    text = text.replace("[float(n + k) for k in range(1500)]", "numpy.arange(50_000.0) + n")
    text = text.replace("[each + 1.0 for each in self.weights]", "self.weights + 1")
    found, peak, _ = advised(tmp_path / "app", "import numpy\n" + text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW338")
    assert first["saving_bytes"] <= 60 * 400_000 * 1.02 < peak


FIRED = """for callback in list(self.callbacks):
            if CALLED is None: self.callbacks.remove(callback)"""
WORK = {
    "queue": "while self.callbacks: self.callbacks.pop()()",
    "results": "print([callback() for callback in self.callbacks])",
    "table": "done = self.callbacks[0]()",
}


@pytest.mark.parametrize("kind", WORK)
def test_functions_that_work_for_the_program_are_not_told(kind: str, tmp_path: Path) -> None:
    text = filled("callback", "callback()", WAYS["method"])
    text = text.replace(FIRED.replace("CALLED", "callback()"), WORK[kind])
    assert WORK[kind] in text
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW338" not in [each["code"] for each in found["findings"]]


PLAIN = """
def scorer(n):
    weights = [float(n + k) for k in range(1500)]
    def score(x): print(x * weights[0], end=" ")
    return score
later, jobs = [scorer(n) for n in range(60)], {}
def main():
    for job in later: job(1)
class Job:
    def __init__(self, n): self.rows = [float(n + k) for k in range(1500)]
    def run(self): self.rows[0] += 1
def of_a_function():
    tasks = [Job(n).run for n in range(60)]
    for task in tasks: task()
    print(len(tasks))
main() if MAIN else of_a_function()
"""


@pytest.mark.parametrize("main", [True, False])
def test_closures_over_data_and_local_lists_are_not_told(main: bool, tmp_path: Path) -> None:
    text = PLAIN.replace("MAIN", str(main))
    if not main:
        text = text.replace("later, jobs = [scorer(n) for n in range(60)], {}", "later = []")
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW338" not in [each["code"] for each in found["findings"]]


@pytest.mark.parametrize("entry", ["(n, callback, False)", "[n, callback]"])
def test_callbacks_in_entries_are_found_as_well(entry: str, tmp_path: Path) -> None:
    text = filled(entry.replace("n,", "len(self.callbacks),"), "callback[1]()", WAYS["method"])
    found, before, said = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW338")
    assert "subscribe(" in text.splitlines()[first["line"] - 1]
    assert 0.8 * before <= first["saving_bytes"] <= before
    assert said != ""


TOPICS = """
class Events:
    def __init__(self): self.topics = {}
    def on(self, topic, callback): self.topics.setdefault(topic, []).append(callback)
class Session:
    def __init__(self, events, n):
        self.rows = [float(n + k) for k in range(1500)]
        events.on(f"topic-{n}", self.told)
    def told(self): self.rows[0] += 1
events = Events()
for n in range(60): Session(events, n)
print(len(events.topics))
"""
SCHEDULE = """
import heapq
class Job:
    def __init__(self, n): self.rows = [float(n + k) for k in range(1500)]
    def run(self): self.rows[0] += 1
class Schedule:
    def __init__(self): self.later = []
    def put(self, n, job): heapq.heappush(self.later, (n, job.run))
    def run(self):
        while self.later:
            n, call = heapq.heappop(self.later)
            call()
schedule = Schedule()
for n in range(60): schedule.put(n, Job(n))
schedule.run()
print("done")
"""
QUEUED = """
import queue, threading
class Job:
    def __init__(self, n): self.rows = [float(n + k) for k in range(1500)]
    def run(self): self.rows[0] += 1
jobs = queue.Queue()
for n in range(60): jobs.put((n, Job(n).run))
while not jobs.empty(): jobs.get()[1]()
print("done")
"""


def test_topics_with_callbacks_are_one_registry(tmp_path: Path) -> None:
    found, before, _ = advised(tmp_path / "app", TOPICS, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW338")
    assert 0.7 * before <= first["saving_bytes"] <= before


@pytest.mark.parametrize("text", [SCHEDULE, QUEUED])
def test_what_waits_to_be_run_is_not_told(text: str, tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW338" not in [each["code"] for each in found["findings"]]
