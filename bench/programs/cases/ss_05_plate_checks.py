import random
import unittest

from harness import case, run

SIDE = 600


def read_scan(plate):
    rng = random.Random(505 + plate)
    line = rng.randbytes(SIDE)
    return bytearray(line * SIDE)


class PlateCheck(unittest.TestCase):
    """What every plate of the night's run has to pass."""

    def __init__(self, method, plate):
        super().__init__(method)
        self.plate = plate

    def setUp(self):
        self.scan = read_scan(self.plate)

    def test_contrast(self):
        self.assertGreater(max(self.scan) - min(self.scan), 200)

    def test_focus(self):
        if self.plate % 3:
            self.skipTest(f"plate {self.plate} has no grid")
        self.assertNotEqual(self.scan[0], self.scan[1])

    def test_edge(self):
        self.assertLess(self.scan[-1], 160, f"edge of plate {self.plate}")


class TidyPlateCheck(PlateCheck):
    def tearDown(self):
        del self.scan


class Night:
    def __init__(self, check):
        self.check = check
        self.outcome = unittest.TestResult()

    def examine(self, plates):
        loader = unittest.TestLoader()
        for plate in plates:
            suite = unittest.TestSuite()
            for method in loader.getTestCaseNames(self.check):
                suite.addTest(self.check(method, plate))
            suite.run(self.outcome)

    def report(self):
        found = self.outcome
        return f"run {found.testsRun} failed {len(found.failures)} skipped {len(found.skipped)}"


def examine(check):
    night = Night(check)
    night.examine(range(200))
    print(night.report())
    return night


@case("ss 05 plate checks")
class _:
    def bad():
        return examine(PlateCheck)

    def good():
        return examine(TidyPlateCheck)


if __name__ == "__main__":
    kept = run()
