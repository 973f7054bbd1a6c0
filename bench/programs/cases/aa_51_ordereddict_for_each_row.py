import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 OrderedDict for each row')
class _:
    def bad():
        from collections import OrderedDict
        lines=(f'{{"id": {i}, "city": "x", "price": {i}.5, "stock": null}}' for i in range(200_000))
        decode=json.JSONDecoder(object_pairs_hook=OrderedDict).decode
        return [decode(l) for l in lines]
    def good():
        lines=(f'{{"id": {i}, "city": "x", "price": {i}.5, "stock": null}}' for i in range(200_000))
        decode=json.JSONDecoder().decode
        return [decode(l) for l in lines]


if __name__ == "__main__":
    kept = run()
