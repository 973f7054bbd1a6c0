import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 marshmallow class registry')
class _:
    def setup(): import marshmallow
    def bad():
        from marshmallow import Schema, fields
        def load(i,row):
            S=type(f'Row{i}',(Schema,),{f'c{j}':fields.Integer() for j in range(20)})
            return sum(S().load(row).values())
        return [load(i,{f'c{j}':j for j in range(20)}) for i in range(1500)]
    def good():
        from marshmallow import Schema, fields
        S=type('Row',(Schema,),{f'c{j}':fields.Integer() for j in range(20)})
        def load(i,row): return sum(S().load(row).values())
        return [load(i,{f'c{j}':j for j in range(20)}) for i in range(1500)]


if __name__ == "__main__":
    kept = run()
