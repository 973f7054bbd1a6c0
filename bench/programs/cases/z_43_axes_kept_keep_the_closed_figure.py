import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 axes kept keep the closed figure')
class _:
    def setup(): import numpy, matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot
    def bad():
        import numpy as np, matplotlib.pyplot as plt
        done=[]
        for i in range(40):
            fig,ax=plt.subplots(); ax.plot(np.arange(50_000)*float(i+1)); ax.set_title(f'run {i}')
            done.append(ax)
            plt.close(fig)
        return done
    def good():
        import numpy as np, matplotlib.pyplot as plt
        done=[]
        for i in range(40):
            fig,ax=plt.subplots(); ax.plot(np.arange(50_000)*float(i+1)); ax.set_title(f'run {i}')
            done.append((ax.get_title(),ax.get_ylim()))
            plt.close(fig)
        return done


if __name__ == "__main__":
    kept = run()
