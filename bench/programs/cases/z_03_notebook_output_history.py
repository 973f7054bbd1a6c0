import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 notebook output history')
class _:
    def setup(): import numpy, IPython.core.interactiveshell
    def bad():
        import contextlib, numpy as np
        from IPython.core.interactiveshell import InteractiveShell
        sh=InteractiveShell(); sh.history_manager.enabled=False
        sh.user_ns['load']=lambda k: np.full((250,500),float(k))
        with open(os.devnull,'w') as null, contextlib.redirect_stdout(null):
            for k in range(100):
                sh.run_cell(f'load({k})',store_history=True)
        return sh
    def good():
        import contextlib, numpy as np
        from IPython.core.interactiveshell import InteractiveShell
        sh=InteractiveShell(cache_size=0); sh.history_manager.enabled=False
        sh.user_ns['load']=lambda k: np.full((250,500),float(k))
        with open(os.devnull,'w') as null, contextlib.redirect_stdout(null):
            for k in range(100):
                sh.run_cell(f'load({k})',store_history=True)
        return sh


if __name__ == "__main__":
    kept = run()
