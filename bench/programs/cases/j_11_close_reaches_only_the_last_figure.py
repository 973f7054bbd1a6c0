import gc
import io
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def discharge(gauge):
    return [((day * 37 + gauge * 11) % 90) + day * 0.1 for day in range(120)]


@case('11 close reaches only the last figure')
class _:
    def setup():
        import matplotlib
        matplotlib.use('Agg')
        import matplotlib.pyplot

    def bad():
        import matplotlib.pyplot as plt

        def gauge_report(gauge):
            """A hydrograph, and its legend as a picture of its own."""
            figure, axes = plt.subplots(figsize=(9, 5))
            lines = axes.plot(discharge(gauge), label=f'gauge {gauge}')
            axes.set_ylabel('m3/s')
            legend, corner = plt.subplots(figsize=(2, 1))
            corner.axis('off')
            corner.legend(handles=lines, loc='center')
            pictures = []
            for drawn in (figure, legend):
                out = io.BytesIO()
                drawn.savefig(out, format='png')
                pictures.append(out.getvalue())
            plt.close()
            return pictures

        def report(gauges):
            return sum(len(gauge_report(gauge)) for gauge in range(gauges))

        print(report(45), 'pictures')
        return plt

    def good():
        import matplotlib.pyplot as plt

        def gauge_report(gauge):
            """A hydrograph, and its legend as a picture of its own."""
            figure, axes = plt.subplots(figsize=(9, 5))
            lines = axes.plot(discharge(gauge), label=f'gauge {gauge}')
            axes.set_ylabel('m3/s')
            legend, corner = plt.subplots(figsize=(2, 1))
            corner.axis('off')
            corner.legend(handles=lines, loc='center')
            pictures = []
            for drawn in (figure, legend):
                out = io.BytesIO()
                drawn.savefig(out, format='png')
                pictures.append(out.getvalue())
                plt.close(drawn)
            return pictures

        def report(gauges):
            return sum(len(gauge_report(gauge)) for gauge in range(gauges))

        print(report(45), 'pictures')
        return plt


if __name__ == "__main__":
    kept = run()
