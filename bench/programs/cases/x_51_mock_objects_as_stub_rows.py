import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 Mock objects as stub rows')
class _:
    def setup(): import unittest.mock, types
    def bad():
        from unittest.mock import Mock
        rows=[Mock(id=i,price=9.5,stock=3) for i in range(20_000)]
        return rows,sum(r.price*r.stock for r in rows)
    def good():
        from types import SimpleNamespace
        rows=[SimpleNamespace(id=i,price=9.5,stock=3) for i in range(20_000)]
        return rows,sum(r.price*r.stock for r in rows)


if __name__ == "__main__":
    kept = run()
