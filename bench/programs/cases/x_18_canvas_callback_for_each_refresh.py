import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 canvas callback for each refresh')
class _:
    def setup():
        import matplotlib; matplotlib.use('Agg')
        import matplotlib.figure, numpy
    def run(good):
        import numpy as np
        from matplotlib.figure import Figure
        fig=Figure(); ax=fig.subplots(); line,=ax.plot([],[]); cid=None
        for i in range(100):
            data=np.full(125_000,float(i)); line.set_data([0,1],data[:2].copy())
            def pick(event,data=data): return data[int(event.xdata)]
            if good and cid is not None: fig.canvas.mpl_disconnect(cid)
            cid=fig.canvas.mpl_connect('button_press_event',pick)
        return fig
    def bad(): return CASES['18 canvas callback for each refresh'].run(False)
    def good(): return CASES['18 canvas callback for each refresh'].run(True)


if __name__ == "__main__":
    kept = run()
