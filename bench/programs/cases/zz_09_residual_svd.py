import numpy as np

from harness import case, run


NAMES = ["pump", "probe"]


class Scheme:
    """Global fit: every data set is a mix of a few decays, its residual is what the mix leaves."""

    def __init__(self, rates):
        self.rates = np.asarray(rates)

    def matrix(self, times):
        return np.exp(-np.outer(times, self.rates))

    def residual(self, times, data):
        matrix = self.matrix(times)
        amplitudes, *_ = np.linalg.lstsq(matrix, data, rcond=None)
        return data - matrix @ amplitudes


def measure(number, times, wavelengths):
    rng = np.random.default_rng(number)
    decay = np.exp(-np.outer(times, [0.2, 1.1, 4.0]))
    spectra = rng.random((3, wavelengths))
    return decay @ spectra + 0.01 * rng.standard_normal((times.size, wavelengths))


def decompose(residual):
    left, values, right = np.linalg.svd(residual)
    return left, values, right


def decompose_thin(residual):
    left, values, right = np.linalg.svd(residual, full_matrices=False)
    return left, values, right


def summary(left, values, right, components=3):
    return {
        "values": values[:components].copy(),
        "time_traces": np.abs(left[:, :components]),
        "spectra": np.abs(right[:components]),
    }


def best_scheme(times, data, slow=(0.15, 0.2), fast=(0.8, 1.1)):
    schemes = [Scheme([one, other]) for one in slow for other in fast]
    return min(schemes, key=lambda scheme: np.linalg.norm(scheme.residual(times, data)))


def create_result(names, svd):
    times = np.linspace(0, 10, 2300)
    result = {}
    for number, name in enumerate(names):
        data = measure(number, times, 90)
        residual = best_scheme(times, data).residual(times, data)
        result[name] = summary(*svd(residual))
    return result


def report(result):
    for name, entry in result.items():
        print(name, np.round(entry["values"], 4).tolist(), round(float(entry["time_traces"].sum()), 2))


@case("zz 09 residual svd")
class _:
    def bad():
        result = create_result(NAMES, decompose)
        report(result)
        return result

    def good():
        result = create_result(NAMES, decompose_thin)
        report(result)
        return result


if __name__ == "__main__":
    kept = run()
