import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53a pydantic model per row')
class _:
    def setup(): import pydantic.dataclasses
    def bad():
        import pydantic
        class Trade(pydantic.BaseModel):
            id: int
            symbol: str
            side: str
            price: float
            qty: int
        return [Trade(id=i,symbol='ACME',side='buy',price=1.5,qty=10) for i in range(120_000)]
    def good():
        import pydantic
        @pydantic.dataclasses.dataclass(slots=True)
        class Trade:
            id: int
            symbol: str
            side: str
            price: float
            qty: int
        return [Trade(id=i,symbol='ACME',side='buy',price=1.5,qty=10) for i in range(120_000)]


if __name__ == "__main__":
    kept = run()
