"""A nightly acceptance run of building models; the runner orders the checks itself."""
import io
import unittest

import numpy as np

from harness import case, run


class BuildingModel:
    def __init__(self, zones, seed):
        rng = np.random.default_rng(seed)
        self.heat = rng.uniform(15, 25, (zones, 8760))

    def mean(self):
        return float(self.heat.mean())

    def hours_above(self, limit):
        return int((self.heat > limit).sum())


class Checks(unittest.TestCase):
    zones = 40

    def setUp(self):
        self.model = BuildingModel(self.zones, seed=self.zones)

    def test_mean(self):
        self.assertAlmostEqual(self.model.mean(), 20.0, delta=0.1)

    def test_not_above_range(self):
        self.assertEqual(self.model.hours_above(25), 0)

    def test_some_warm_hours(self):
        self.assertGreater(self.model.hours_above(24), 0)

    def test_middle_half(self):
        ranked = np.sort(self.model.heat, axis=1)
        low, high = ranked[:, 2190].mean(), ranked[:, 6570].mean()
        self.assertAlmostEqual(high - low, 5.0, delta=0.2)

    def test_shape(self):
        self.assertEqual(self.model.heat.shape, (self.zones, 8760))


class TidyChecks(Checks):
    def tearDown(self):
        del self.model


def suite_of(base):
    for zones in (33, 34, 35, 36, 37, 38, 39, 40):
        kind = type(f"Building{zones}", (base,), {"zones": zones})
        yield from unittest.defaultTestLoader.loadTestsFromTestCase(kind)


class Runner:
    """Slow checks last; keeps the checks so that the report can name them."""

    def __init__(self, base):
        self.checks = sorted(suite_of(base), key=lambda check: (check.zones, check.id()))
        self.result = unittest.TextTestResult(
            unittest.runner._WritelnDecorator(io.StringIO()), descriptions=False, verbosity=0)

    def run(self):
        for check in self.checks:
            check.run(self.result)
        return self.result


def nightly(base):
    runner = Runner(base)
    result = runner.run()
    print(result.testsRun, len(result.failures), len(result.errors))
    return runner


@case("ww 23 model checks")
class _:
    def bad():
        return nightly(Checks)

    def good():
        return nightly(TidyChecks)


if __name__ == "__main__":
    kept = run()
