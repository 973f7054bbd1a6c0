import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_frame(path):
    import numpy as np
    with open(path, 'wb') as out:
        np.save(out, np.random.default_rng(19).random((2600, 4096), dtype=np.float32))


@case('19 calibration row tiled to the frame')
class _:
    def setup():
        import numpy
        fixture('l_frame.npy', build_frame)

    def bad():
        import numpy as np

        def calibrate(frame, dark, gain):
            dark_frame = np.tile(dark, (frame.shape[0], 1))
            gain_frame = np.tile(gain, (frame.shape[0], 1))
            frame -= dark_frame
            frame *= gain_frame
            return frame

        frame = np.load(os.path.join(D, 'l_frame.npy'))
        columns = np.arange(frame.shape[1], dtype=np.float32)
        frame = calibrate(frame, columns * np.float32(1e-5), 1 + columns * np.float32(1e-6))
        print('mean', round(float(frame.mean(dtype=np.float64)), 6))
        return frame

    def good():
        import numpy as np

        def calibrate(frame, dark, gain):
            frame -= dark
            frame *= gain
            return frame

        frame = np.load(os.path.join(D, 'l_frame.npy'))
        columns = np.arange(frame.shape[1], dtype=np.float32)
        frame = calibrate(frame, columns * np.float32(1e-5), 1 + columns * np.float32(1e-6))
        print('mean', round(float(frame.mean(dtype=np.float64)), 6))
        return frame


if __name__ == "__main__":
    kept = run()
