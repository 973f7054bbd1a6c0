import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 positions of pixels only counted')
class _:
    def setup():
        import numpy

    def bad():
        import numpy as np

        def cloud_share(scene, threshold):
            cloudy = np.where(scene > threshold)[0]
            return len(cloudy) / scene.size

        rng = np.random.default_rng(5)
        scene = rng.integers(0, 256, (3000, 4000), dtype=np.uint8)
        share = cloud_share(scene, 140)
        print(f"cloud cover {share:.4f}")
        return scene

    def good():
        import numpy as np

        def cloud_share(scene, threshold):
            return np.count_nonzero(scene > threshold) / scene.size

        rng = np.random.default_rng(5)
        scene = rng.integers(0, 256, (3000, 4000), dtype=np.uint8)
        share = cloud_share(scene, 140)
        print(f"cloud cover {share:.4f}")
        return scene


if __name__ == "__main__":
    kept = run()
