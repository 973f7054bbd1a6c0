import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_spectra(path):
    import numpy as np
    rng = np.random.default_rng(12)
    spectra = rng.normal(size=(6000, 160))
    spectra[:, 0] += np.arange(6000) % 3 * 25
    with open(path, 'wb') as out:
        np.save(out, spectra)


@case('12 cross validation returns its models')
class _:
    def setup():
        import sklearn.model_selection, sklearn.neighbors
        fixture('l_spectra.npy', build_spectra)

    def bad():
        import numpy as np
        from sklearn.model_selection import KFold, cross_validate
        from sklearn.neighbors import KNeighborsClassifier

        spectra = np.load(os.path.join(D, 'l_spectra.npy'))
        kinds = np.arange(len(spectra)) % 3

        def compare(neighbours):
            runs = {}
            for k in neighbours:
                model = KNeighborsClassifier(k, algorithm='brute')
                runs[k] = cross_validate(model, spectra, kinds, cv=KFold(6), return_estimator=True)
            return runs

        runs = compare([1, 3, 5])
        for k, run in runs.items():
            print(k, round(run['test_score'].mean(), 3))
        return runs

    def good():
        import numpy as np
        from sklearn.model_selection import KFold, cross_validate
        from sklearn.neighbors import KNeighborsClassifier

        spectra = np.load(os.path.join(D, 'l_spectra.npy'))
        kinds = np.arange(len(spectra)) % 3

        def compare(neighbours):
            runs = {}
            for k in neighbours:
                model = KNeighborsClassifier(k, algorithm='brute')
                runs[k] = cross_validate(model, spectra, kinds, cv=KFold(6))
            return runs

        runs = compare([1, 3, 5])
        for k, run in runs.items():
            print(k, round(run['test_score'].mean(), 3))
        return runs


if __name__ == "__main__":
    kept = run()
