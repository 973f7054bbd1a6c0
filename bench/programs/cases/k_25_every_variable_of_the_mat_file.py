import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_mat(path):
    import numpy as np
    from scipy.io import savemat
    rng = np.random.default_rng(3)
    with open(path, "wb") as out:
        savemat(out, {
            "acceleration": rng.normal(size=(3, 1_600_000)),
            "gyro": rng.normal(size=(3, 1_600_000)),
            "rpm": rng.integers(800, 6000, (1, 40_000)).astype("float64"),
        })


@case('25 every variable of the mat file')
class _:
    def setup():
        import scipy.io
        fixture("k_test_drive.mat", build_mat)

    def bad():
        from scipy.io import loadmat

        def engine_speed(path):
            recording = loadmat(path)
            return recording["rpm"].ravel()

        rpm = engine_speed(os.path.join(D, "k_test_drive.mat"))
        print(f"{rpm.size} samples, mean {rpm.mean():.2f} rpm")
        return rpm

    def good():
        from scipy.io import loadmat

        def engine_speed(path):
            recording = loadmat(path, variable_names=["rpm"])
            return recording["rpm"].ravel()

        rpm = engine_speed(os.path.join(D, "k_test_drive.mat"))
        print(f"{rpm.size} samples, mean {rpm.mean():.2f} rpm")
        return rpm


if __name__ == "__main__":
    kept = run()
