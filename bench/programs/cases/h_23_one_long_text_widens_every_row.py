import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('23 one long text widens every row')
class _:
    def setup():
        import numpy as np
        a=np.array(['a','bb'],dtype=np.dtypes.StringDType())
        np.strings.startswith(a,'a').sum()
        np.strings.startswith(np.array(['a','bb']),'a').sum()
    def titles(n):
        for i in range(n):
            yield f'Order {i} was delivered' if i%3 else f'Invoice {i}'
        yield 'Invoice '+'with a very long note '*64
    def bad():
        import numpy as np
        titles=CASES['23 one long text widens every row'].titles
        def load(n):
            return np.array(list(titles(n)))
        subjects=load(9_000)
        print('subjects',[int(np.strings.startswith(subjects,word).sum()) for word in ('Invoice','Order','Offer','Invoice 1')])
        return subjects
    def good():
        import numpy as np
        titles=CASES['23 one long text widens every row'].titles
        def load(n):
            return np.array(list(titles(n)),dtype=np.dtypes.StringDType())
        subjects=load(9_000)
        print('subjects',[int(np.strings.startswith(subjects,word).sum()) for word in ('Invoice','Order','Offer','Invoice 1')])
        return subjects


if __name__ == "__main__":
    kept = run()
