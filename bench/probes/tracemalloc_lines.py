"""What tracemalloc says of a program's lines at its end: tracemalloc_lines.py OUT PROGRAM."""

import atexit
import json
import runpy
import sys
import tracemalloc
from pathlib import Path

out, program = sys.argv[1], sys.argv[2]


def dump():
    held = {}
    for trace in tracemalloc.take_snapshot().traces:
        lines = [frame.lineno for frame in trace.traceback if frame.filename == program]
        if lines:  # the innermost frame comes last
            held[lines[-1]] = held.get(lines[-1], 0) + trace.size
    with Path(out).open("w") as file:
        json.dump({"end": held}, file)


tracemalloc.start(40)
atexit.register(dump)
sys.argv = [program]
sys.path[0] = program.rpartition("/")[0]
names = runpy.run_path(program, run_name="__main__")  # held: it still lives at the end
dump()
