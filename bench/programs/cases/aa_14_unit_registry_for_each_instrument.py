import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 unit registry for each instrument')
class _:
    def setup(): import pint
    def bad():
        import pint
        class Instrument:
            def __init__(s,name): s.name=name; s.units=pint.UnitRegistry(); s.volt=s.units.volt
        return [Instrument(f'dvm{i}') for i in range(24)]
    def good():
        import pint
        units=pint.UnitRegistry()
        class Instrument:
            def __init__(s,name): s.name=name; s.units=units; s.volt=s.units.volt
        return [Instrument(f'dvm{i}') for i in range(24)]


if __name__ == "__main__":
    kept = run()
