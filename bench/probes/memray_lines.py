"""What memray says of a program's lines at its peak: prints {"peak": {line: bytes}}.

Run by the interpreter that has memray: memray_lines.py PROGRAM FILE...
"""

import json
import sys

from memray import FileReader

program, held = sys.argv[1], {}
for path in sys.argv[2:]:
    for record in FileReader(path).get_high_watermark_allocation_records(merge_threads=True):
        lines = [line for _, file, line in record.stack_trace() if file == program]
        if lines:
            held[lines[0]] = held.get(lines[0], 0) + record.size
print(json.dumps({"peak": held}))
