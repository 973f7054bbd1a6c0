import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67a Decimal per price')
class _:
    def bad():
        from decimal import Decimal
        return [Decimal(f'{i}.25') for i in range(600_000)]
    def good():
        from decimal import Decimal
        from array import array
        return array('q',(int(Decimal(f'{i}.25')*100) for i in range(600_000)))


if __name__ == "__main__":
    kept = run()
