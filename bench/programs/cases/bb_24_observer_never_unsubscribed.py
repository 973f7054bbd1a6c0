import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 observer never unsubscribed')
class _:
    def bad():
        class Bus:
            def __init__(s): s.subs=[]
            def subscribe(s,cb): s.subs.append(cb)
            def emit(s,ev):
                for cb in s.subs: cb(ev)
        class View:
            def __init__(s,bus): s.pixels=bytearray(b'x')*300_000; bus.subscribe(s.on_event)
            def on_event(s,ev): s.last=ev
        bus=Bus()
        for i in range(300): View(bus)
        bus.emit(1); return bus
    def good():
        import weakref
        class Bus:
            def __init__(s): s.subs=[]
            def subscribe(s,cb): s.subs.append(weakref.WeakMethod(cb,s.subs.remove))
            def emit(s,ev):
                for r in list(s.subs):
                    cb=r()
                    if cb is not None: cb(ev)
        class View:
            def __init__(s,bus): s.pixels=bytearray(b'x')*300_000; bus.subscribe(s.on_event)
            def on_event(s,ev): s.last=ev
        bus=Bus()
        for i in range(300): View(bus)
        bus.emit(1); return bus


if __name__ == "__main__":
    kept = run()
