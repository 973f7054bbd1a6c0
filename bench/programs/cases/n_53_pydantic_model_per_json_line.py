import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53 pydantic model per JSON line')
class _:
    def setup(): import pydantic
    def lines(): return (b'{"id":%d,"age":%d,"score":%d,"ok":true}'%(i,i%90,i%100) for i in range(200_000))
    def bad():
        from pydantic import BaseModel, TypeAdapter
        class User(BaseModel):
            id:int
            age:int
            score:int
            ok:bool
        ta=TypeAdapter(User)
        return [ta.validate_json(l) for l in CASES['53 pydantic model per JSON line'].lines()]
    def good():
        from pydantic import TypeAdapter
        from dataclasses import dataclass
        @dataclass(slots=True)
        class User:
            id:int
            age:int
            score:int
            ok:bool
        ta=TypeAdapter(User)
        return [ta.validate_json(l) for l in CASES['53 pydantic model per JSON line'].lines()]


if __name__ == "__main__":
    kept = run()
