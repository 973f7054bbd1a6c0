"""What memray says of a program's lines: prints {"peak": {line: bytes}, "end": {line: bytes}}.

Run by the interpreter that has memray: memray_lines.py PROGRAM FILE...
"""

import json
import sys

from memray import FileReader

program, figures = sys.argv[1], {"peak": {}, "end": {}}
for path in sys.argv[2:]:
    for figure, ask in (
        ("peak", "get_high_watermark_allocation_records"),
        ("end", "get_leaked_allocation_records"),
    ):
        reader = FileReader(path)
        for record in getattr(reader, ask)(merge_threads=True):
            lines = [line for _, file, line in record.stack_trace() if file == program]
            if lines:
                held = figures[figure]
                held[lines[0]] = held.get(lines[0], 0) + record.size
print(json.dumps(figures))
