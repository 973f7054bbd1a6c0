import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def calibration_curve(points=6000):
    return {f'raw{n:05d}': [n * 0.01, n * 0.0101 + 0.3, n * 0.0099 - 0.2] for n in range(points)}


@case('21 each piece gets a copy of the attrs')
class _:
    def setup():
        import numpy
        import pandas

    def bad():
        import numpy as np
        import pandas as pd

        def load():
            rng = np.random.default_rng(21)
            frame = pd.DataFrame({'station': np.repeat(np.arange(90), 150), 'raw': rng.integers(0, 6000, 13_500)})
            frame.attrs['calibration'] = calibration_curve()
            return frame

        def by_station(frame):
            return {station: piece for station, piece in frame.groupby('station')}

        def level(piece):
            curve = piece.attrs['calibration']
            return sum(curve[f'raw{raw:05d}'][1] for raw in piece['raw'].to_numpy()[:50])

        pieces = by_station(load())
        print(len(pieces), f'{sum(level(piece) for piece in pieces.values()):.3f}')
        return pieces

    def good():
        import numpy as np
        import pandas as pd

        def load():
            rng = np.random.default_rng(21)
            frame = pd.DataFrame({'station': np.repeat(np.arange(90), 150), 'raw': rng.integers(0, 6000, 13_500)})
            return frame, calibration_curve()

        def by_station(frame):
            return {station: piece for station, piece in frame.groupby('station')}

        def level(piece, curve):
            return sum(curve[f'raw{raw:05d}'][1] for raw in piece['raw'].to_numpy()[:50])

        frame, curve = load()
        pieces = by_station(frame)
        print(len(pieces), f'{sum(level(piece, curve) for piece in pieces.values()):.3f}')
        return pieces, curve


if __name__ == "__main__":
    kept = run()
