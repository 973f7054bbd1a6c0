import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def session(**options):
    import contextlib, io
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config
    c = Config(); c.HistoryManager.enabled = False
    for k, v in options.items(): setattr(c.InteractiveShell, k, v)
    sh = InteractiveShell(config=c)
    with contextlib.redirect_stdout(io.StringIO()):
        sh.run_cell('import numpy as np\nrng = np.random.default_rng(3); means = []', store_history=True)
        for i in range(60):
            sh.run_cell(f'x = rng.normal({i}, 2.0, 250_000)\nmeans.append(float(x.mean()))\nx - x.mean()', store_history=True)
    return sh


@case('04b IPython output history')
class _:
    def setup(): import numpy, IPython.core.interactiveshell
    def bad():
        return session()
    def good():
        return session(cache_size=0)


if __name__ == "__main__":
    kept = run()
