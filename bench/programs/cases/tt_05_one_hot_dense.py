import numpy as np
from harness import case, run
from sklearn.preprocessing import OneHotEncoder


def shops():
    rng = np.random.default_rng(5)
    return rng.integers(0, 700, size=(25_000, 1), dtype=np.int16)


@case("tt 05 one hot dense")
class _:
    def bad():
        encoder = OneHotEncoder(sparse_output=False)
        features = encoder.fit_transform(shops())
        visits = features.sum(axis=0)
        print(features.shape, int(visits.max()), int(visits.argmax()))
        return encoder, features

    def good():
        encoder = OneHotEncoder(dtype=np.float32)
        features = encoder.fit_transform(shops())
        visits = np.asarray(features.sum(axis=0)).ravel()
        print(features.shape, int(visits.max()), int(visits.argmax()))
        return encoder, features


if __name__ == "__main__":
    kept = run()
