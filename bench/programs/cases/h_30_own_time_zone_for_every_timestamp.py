import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 own time zone for every timestamp')
class _:
    def setup():
        import datetime
    def lines():
        for i in range(330_000):
            yield f'2026-{i%12+1:02d}-{i%28+1:02d}T{i%24:02d}:{i%60:02d}:30+02:00'
    def bad():
        from datetime import datetime
        lines=CASES['30 own time zone for every timestamp'].lines
        class Readings:
            def __init__(self,lines):
                self.times=[datetime.fromisoformat(line) for line in lines]
            def span(self):
                return (max(self.times)-min(self.times)).days
        readings=Readings(lines())
        print('days',readings.span())
        return readings
    def good():
        from datetime import datetime, timezone
        lines=CASES['30 own time zone for every timestamp'].lines
        class Readings:
            def __init__(self,lines):
                self.times=[datetime.fromisoformat(line).astimezone(timezone.utc) for line in lines]
            def span(self):
                return (max(self.times)-min(self.times)).days
        readings=Readings(lines())
        print('days',readings.span())
        return readings


if __name__ == "__main__":
    kept = run()
