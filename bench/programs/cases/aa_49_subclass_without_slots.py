import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49 subclass without slots')
class _:
    def bad():
        class Event:
            __slots__=('time','source')
            def __init__(s,time,source): s.time=time; s.source=source
        class Trade(Event):
            def __init__(s,time,source,price,size): super().__init__(time,source); s.price=price; s.size=size
        return [Trade(0,'xetra',1.5,100) for i in range(1_000_000)]
    def good():
        class Event:
            __slots__=('time','source')
            def __init__(s,time,source): s.time=time; s.source=source
        class Trade(Event):
            __slots__=('price','size')
            def __init__(s,time,source,price,size): super().__init__(time,source); s.price=price; s.size=size
        return [Trade(0,'xetra',1.5,100) for i in range(1_000_000)]


if __name__ == "__main__":
    kept = run()
