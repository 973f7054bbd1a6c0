import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('13 pydantic models as the row store')
class _:
    def setup():
        import pydantic, pydantic.dataclasses
        class A(pydantic.BaseModel):
            x: int
        A(x=1)
    def rows():
        for i in range(90_000):
            yield {'sensor':i%50,'at':1_700_000_000+i,'value':i*0.5,'ok':i%9>0}
    def bad():
        import pydantic
        class Reading(pydantic.BaseModel):
            sensor: int
            at: int
            value: float
            ok: bool
        class Store:
            def __init__(self):
                self.readings=[]
            def load(self,rows):
                for row in rows:
                    self.readings.append(Reading(**row))
            def mean(self):
                values=[r.value for r in self.readings if r.ok]
                return sum(values)/len(values)
        store=Store()
        store.load(CASES['13 pydantic models as the row store'].rows())
        print('mean',store.mean())
        return store
    def good():
        from pydantic.dataclasses import dataclass
        @dataclass(slots=True)
        class Reading:
            sensor: int
            at: int
            value: float
            ok: bool
        class Store:
            def __init__(self):
                self.readings=[]
            def load(self,rows):
                for row in rows:
                    self.readings.append(Reading(**row))
            def mean(self):
                values=[r.value for r in self.readings if r.ok]
                return sum(values)/len(values)
        store=Store()
        store.load(CASES['13 pydantic models as the row store'].rows())
        print('mean',store.mean())
        return store


if __name__ == "__main__":
    kept = run()
