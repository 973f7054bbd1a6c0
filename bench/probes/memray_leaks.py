"""What a memray capture says was never freed, by line of a program: PROGRAM CAPTURE."""

import json
import sys

import memray

program, capture = sys.argv[1:]
held: dict[int, int] = {}
for record in memray.FileReader(capture).get_leaked_allocation_records(merge_threads=True):
    for _, file, line in record.stack_trace():
        if file == program:
            held[line] = held.get(line, 0) + record.size
            break
print(json.dumps(held))
