import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('23 histogram draws a patch per bin')
class _:
    def setup():
        import matplotlib
        matplotlib.use('Agg')
        import numpy as np
        from matplotlib.figure import Figure
        fig=Figure(); ax=fig.add_subplot(); ax.hist([1,2,3]); ax.stairs([1,2],[0,1,2],fill=True); fig.savefig(os.path.join(D,'warm.png'))
    def values():
        import numpy as np
        return np.sin(np.arange(200_000)*0.01)*50
    def bad():
        from matplotlib.figure import Figure
        class Report:
            def __init__(self):
                self.figure=Figure(figsize=(8,4))
            def spectrum(self,values,bins):
                ax=self.figure.add_subplot()
                counts,edges,_=ax.hist(values,bins=bins)
                return counts
        report=Report()
        counts=report.spectrum(CASES['23 histogram draws a patch per bin'].values(),6_000)
        print('bins',len(counts),'sum',int(counts.sum()))
        return report
    def good():
        import numpy as np
        from matplotlib.figure import Figure
        class Report:
            def __init__(self):
                self.figure=Figure(figsize=(8,4))
            def spectrum(self,values,bins):
                ax=self.figure.add_subplot()
                counts,edges=np.histogram(values,bins=bins)
                ax.stairs(counts,edges,fill=True)
                return counts
        report=Report()
        counts=report.spectrum(CASES['23 histogram draws a patch per bin'].values(),6_000)
        print('bins',len(counts),'sum',int(counts.sum()))
        return report


if __name__ == "__main__":
    kept = run()
