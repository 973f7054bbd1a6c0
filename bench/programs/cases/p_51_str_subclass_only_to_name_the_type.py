import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 str subclass only to name the type')
class _:
    def bad():
        class Sku(str):
            pass
        return [Sku(f'sku-{i:07d}') for i in range(600_000)]
    def good():
        from typing import NewType
        Sku=NewType('Sku',str)
        return [Sku(f'sku-{i:07d}') for i in range(600_000)]


if __name__ == "__main__":
    kept = run()
