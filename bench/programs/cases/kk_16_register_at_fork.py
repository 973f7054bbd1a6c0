import collections
import gc
import os
import sys
import threading
import time
import weakref

from harness import CASES, D, case, fixture, run


class Span:
    __slots__ = ("name", "trace_id", "start", "attributes")

    def __init__(self, name, trace_id, start, attributes):
        self.name = name
        self.trace_id = trace_id
        self.start = start
        self.attributes = attributes


class Processor:
    """Collects the spans of one tenant and hands them over in batches."""

    def __init__(self, tenant, batch_size=512):
        self.tenant = tenant
        self.batch_size = batch_size
        self.queue = collections.deque([], 2048)
        self.exported = 0
        self.lock = threading.Lock()
        self.watch_forks()

    def watch_forks(self):
        pass

    def _at_fork_reinit(self):
        self.lock = threading.Lock()
        self.queue.clear()

    def on_end(self, span):
        with self.lock:
            self.queue.append(span)
        if len(self.queue) >= self.batch_size:
            self.export()

    def export(self):
        while len(self.queue) > self.batch_size // 2:
            self.queue.popleft()
            self.exported += 1


class StrongProcessor(Processor):
    def watch_forks(self):
        os.register_at_fork(after_in_child=self._at_fork_reinit)


class WeakProcessor(Processor):
    def watch_forks(self):
        reinit = weakref.WeakMethod(self._at_fork_reinit)
        os.register_at_fork(after_in_child=lambda: reinit() and reinit()())


def handle_tenant(processor, spans):
    for i in range(spans):
        attributes = {"http.route": f"/tenants/{processor.tenant}/orders/{i}",
                      "http.status_code": 200, "bytes": i * 977}
        processor.on_end(Span("GET", processor.tenant * 1_000_000 + i, i * 0.25, attributes))
    return processor.exported


@case('16 os.register_at_fork keeps processors')
class _:
    def bad():
        exported = 0
        for tenant in range(400):
            exported += handle_tenant(StrongProcessor(tenant), 600)
        return exported
    def good():
        exported = 0
        for tenant in range(400):
            exported += handle_tenant(WeakProcessor(tenant), 600)
        return exported


if __name__ == "__main__":
    kept = run()
