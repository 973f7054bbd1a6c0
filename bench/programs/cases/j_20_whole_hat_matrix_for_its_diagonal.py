import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('20 whole hat matrix for its diagonal')
class _:
    def setup():
        import numpy

    def bad():
        import numpy as np

        def leverage(design):
            """How much each dwelling pulls the fitted rents towards itself."""
            inverse = np.linalg.inv(design.T @ design)
            hat = design @ inverse @ design.T
            return np.diag(hat).copy()

        rng = np.random.default_rng(20)
        design = np.column_stack([np.ones(3400), rng.normal(size=(3400, 14))])
        pull = leverage(design)
        print(f'{pull.sum():.6f} {(pull > 2 * 15 / 3400).sum()}')
        return pull

    def good():
        import numpy as np

        def leverage(design):
            """How much each dwelling pulls the fitted rents towards itself."""
            inverse = np.linalg.inv(design.T @ design)
            return np.einsum('ij,ij->i', design @ inverse, design)

        rng = np.random.default_rng(20)
        design = np.column_stack([np.ones(3400), rng.normal(size=(3400, 14))])
        pull = leverage(design)
        print(f'{pull.sum():.6f} {(pull > 2 * 15 / 3400).sum()}')
        return pull


if __name__ == "__main__":
    kept = run()
