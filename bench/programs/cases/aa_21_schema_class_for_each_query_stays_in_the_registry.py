import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 schema class for each query stays in the registry')
class _:
    def setup(): import marshmallow
    def bad():
        from marshmallow import Schema, fields
        n=0
        for query in range(2000):
            columns={f'column_{query}_{j}':fields.Integer() for j in range(20)}
            schema=type(f'Query{query}Schema',(Schema,),columns)
            n+=len(schema().load({f'column_{query}_0':1}))
        return n
    def good():
        from marshmallow import Schema, fields
        n=0
        for query in range(2000):
            columns={f'column_{query}_{j}':fields.Integer() for j in range(20)}
            schema=Schema.from_dict(columns,name=f'Query{query}Schema')
            n+=len(schema().load({f'column_{query}_0':1}))
        return n


if __name__ == "__main__":
    kept = run()
