import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68 a Random per agent')
class _:
    def bad():
        import random
        class Agent:
            __slots__=('x','random')
            def __init__(s,seed): s.random=random.Random(seed); s.x=s.random.random()
        return [Agent(i) for i in range(40_000)]
    def good():
        import random
        class Agent:
            __slots__=('x','random')
            def __init__(s,rng): s.random=rng; s.x=rng.random()
        rng=random.Random(0)
        return [Agent(rng) for i in range(40_000)]


if __name__ == "__main__":
    kept = run()
