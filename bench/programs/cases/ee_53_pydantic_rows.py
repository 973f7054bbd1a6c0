import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def lines(path):
    with open(path, 'rb') as f:
        yield from f


def build(path):
    with open(path, 'w') as f:
        for i in range(150_000):
            f.write(json.dumps({'sensor': i % 900, 'at': 1_700_000_000 + i * 13, 'value': i * .37, 'ok': i % 5 > 0}) + '\n')


@case('53 one pydantic model per stored row')
class _:
    def setup():
        import pydantic, pydantic.dataclasses
        fixture('d5_points150k.jsonl', build)
    def bad():
        import pydantic, pydantic.dataclasses
        class Point(pydantic.BaseModel):
            sensor: int
            at: int
            value: float
            ok: bool
        return [Point.model_validate_json(line) for line in lines(D + '/d5_points150k.jsonl')]
    def good():
        import pydantic, pydantic.dataclasses
        @pydantic.dataclasses.dataclass(slots=True)
        class Point:
            sensor: int
            at: int
            value: float
            ok: bool
        check = pydantic.TypeAdapter(Point).validate_json
        return [check(line) for line in lines(D + '/d5_points150k.jsonl')]


if __name__ == "__main__":
    kept = run()
