"""Principal modes of a plant's sensor readings and the samples that fit them worst."""
import numpy as np

N_SAMPLES = 3600
N_SENSORS = 48
N_MODES = 3


def read_samples(seed=11):
    rng = np.random.default_rng(seed)
    t = np.arange(N_SAMPLES)[:, None]
    phase = rng.random(N_SENSORS) * 6.28
    data = 4.0 * np.sin(t / 37.0 + phase) + 2.0 * np.cos(t / 211.0 - 2 * phase)
    data += 0.8 * np.sin(t / 11.0 + 3 * phase)
    data += 0.1 * rng.normal(size=(N_SAMPLES, N_SENSORS))
    data[::450] += rng.normal(size=N_SENSORS) * 3.0
    return data


def centre(data):
    data -= data.mean(axis=0)
    return data


def fix_signs(scores, modes):
    """Make the largest loading of each mode positive."""
    lead = np.abs(modes).argmax(axis=1)
    sign = np.sign(modes[np.arange(len(modes)), lead])
    return scores * sign, modes * sign[:, None]


def decompose(data, k):
    u, s, vt = np.linalg.svd(data, full_matrices=False)
    scores = u[:, :k] * s[:k]
    scores, modes = fix_signs(scores, vt[:k])
    explained = s ** 2 / np.sum(s ** 2)
    return scores, modes, explained


def worst_samples(data, scores, modes, n):
    residual = data - scores @ modes
    np.square(residual, out=residual)
    error = residual.sum(axis=1)
    order = np.argsort(-error, kind="stable")[:n]
    return [(int(i), float(error[i])) for i in order]


def main():
    data = centre(read_samples())
    scores, modes, explained = decompose(data, N_MODES)
    for j in range(N_MODES):
        print("mode", j, "explained %.4f" % explained[j],
              "lead sensor", int(np.abs(modes[j]).argmax()),
              "spread %.3f" % scores[:, j].std())
    for index, error in worst_samples(data, scores, modes, 5):
        print("sample", index, "residual %.3f" % error)


if __name__ == "__main__":
    main()
