import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49a dataclass without slots')
class _:
    def bad():
        from dataclasses import dataclass
        @dataclass
        class Point:
            x: float
            y: float
            kind: str
            tag: str
        return [Point(i,i,'road','a') for i in range(900_000)]
    def good():
        from dataclasses import dataclass
        @dataclass(slots=True)
        class Point:
            x: float
            y: float
            kind: str
            tag: str
        return [Point(i,i,'road','a') for i in range(900_000)]


if __name__ == "__main__":
    kept = run()
