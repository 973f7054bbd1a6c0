import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 line artist for each road')
class _:
    def setup():
        import matplotlib.backends.backend_agg, matplotlib.collections, matplotlib.figure

    def bad():
        import numpy as np
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        def road_ends(count):
            rng = np.random.default_rng(18)
            start = rng.random((count, 2)) * 100
            return np.stack([start, start + rng.normal(size=(count, 2))], axis=1)

        def draw_map(roads, path):
            figure = Figure(figsize=(6, 6))
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            axes.set(xlim=(0, 100), ylim=(0, 100))
            for road in roads:
                axes.plot(road[:, 0], road[:, 1], color='k', linewidth=0.5)
            figure.savefig(path)
            return len(axes.lines)

        roads = road_ends(6000)
        drawn = draw_map(roads, os.path.join(D, 'l_map_bad.png'))
        print(drawn, 'roads drawn')
        return drawn

    def good():
        import numpy as np
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.collections import LineCollection
        from matplotlib.figure import Figure

        def road_ends(count):
            rng = np.random.default_rng(18)
            start = rng.random((count, 2)) * 100
            return np.stack([start, start + rng.normal(size=(count, 2))], axis=1)

        def draw_map(roads, path):
            figure = Figure(figsize=(6, 6))
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            axes.set(xlim=(0, 100), ylim=(0, 100))
            lines = axes.add_collection(LineCollection(roads, colors='k', linewidths=0.5))
            figure.savefig(path)
            return len(lines.get_paths())

        roads = road_ends(6000)
        drawn = draw_map(roads, os.path.join(D, 'l_map_good.png'))
        print(drawn, 'roads drawn')
        return drawn


if __name__ == "__main__":
    kept = run()
