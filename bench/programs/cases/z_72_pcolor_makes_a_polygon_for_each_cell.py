import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72 pcolor makes a polygon for each cell')
class _:
    def setup(): import numpy, matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot
    def bad():
        import numpy as np, matplotlib.pyplot as plt
        fig,ax=plt.subplots(); z=np.arange(250_000.).reshape(500,500)
        ax.pcolor(z); fig.savefig(D+'/a2_map.png'); return fig
    def good():
        import numpy as np, matplotlib.pyplot as plt
        fig,ax=plt.subplots(); z=np.arange(250_000.).reshape(500,500)
        ax.pcolormesh(z); fig.savefig(D+'/a2_map.png'); return fig


if __name__ == "__main__":
    kept = run()
