import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47 validation errors keep their input')
class _:
    def setup():
        import pydantic
        class Order(pydantic.BaseModel):
            id:int
            ref:str
        CASES['47 validation errors keep their input'].Order=Order
    def run(**kw):
        import pydantic
        c=CASES['47 validation errors keep their input']; report=[]
        for i in range(300):
            try: c.Order.model_validate({'id':i,'scan':bytearray(b'x')*300_000})
            except pydantic.ValidationError as e: report.append(e.errors(**kw))
        return report
    def bad(): return CASES['47 validation errors keep their input'].run()
    def good(): return CASES['47 validation errors keep their input'].run(include_input=False)


if __name__ == "__main__":
    kept = run()
