import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40 lines pile up on live axes')
class _:
    def setup():
        import matplotlib; matplotlib.use('Agg')
        import matplotlib.figure, matplotlib.backends.backend_agg, numpy
        fig=matplotlib.figure.Figure(); matplotlib.backends.backend_agg.FigureCanvasAgg(fig); fig.add_subplot().plot([0,1]); fig.canvas.draw()
    def bad():
        import numpy as np
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        class Monitor:
            def __init__(self):
                self.fig=Figure(); FigureCanvasAgg(self.fig); self.ax=self.fig.add_subplot()
            def update(self,t,y):
                self.ax.plot(t,y,color='C0')
        mon=Monitor(); t=np.linspace(0,1,30_000); shown=0
        for i in range(90):
            mon.update(t,np.sin(t*i)); shown+=1
        mon.fig.canvas.draw()
        print('updates',shown)
        return mon
    def good():
        import numpy as np
        from matplotlib.figure import Figure
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        class Monitor:
            def __init__(self):
                self.fig=Figure(); FigureCanvasAgg(self.fig); self.ax=self.fig.add_subplot()
                self.line,=self.ax.plot([],[],color='C0')
            def update(self,t,y):
                self.line.set_data(t,y); self.ax.relim(); self.ax.autoscale_view()
        mon=Monitor(); t=np.linspace(0,1,30_000); shown=0
        for i in range(90):
            mon.update(t,np.sin(t*i)); shown+=1
        mon.fig.canvas.draw()
        print('updates',shown)
        return mon


if __name__ == "__main__":
    kept = run()
