import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e41 one Figure without pyplot, redrawn for each report')
class _:
    def setup(): import matplotlib.figure, matplotlib.backends.backend_agg, numpy
    def good():
        import numpy as np, io
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        r=np.random.default_rng(45); fig=Figure(figsize=(14,9),dpi=150); canvas=FigureCanvasAgg(fig); ax=fig.add_subplot(); x=np.arange(20_000); line,=ax.plot(x,np.zeros(20_000),lw=.4); sizes=[]
        for week in range(12):
            y=r.standard_normal(20_000).cumsum(); line.set_ydata(y); ax.set_ylim(y.min(),y.max()); ax.set_title(f'week {week}')
            canvas.draw(); px=np.asarray(canvas.buffer_rgba()); sizes.append(int(np.count_nonzero(px[...,0]<200)))
        return fig,line,sizes


if __name__ == "__main__":
    kept = run()
