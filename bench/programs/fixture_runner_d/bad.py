"""Run the regression tests of a resampling filter and write a JUnit-like report."""
import io
import unittest
import xml.etree.ElementTree as ET
from array import array

N_SAMPLES = 400_000


def ramp(step):
    period = array("h", ((k * step) % 2001 - 1000 for k in range(2000)))
    return period * (N_SAMPLES // len(period))


def decimate(samples, factor):
    return samples[::factor]


class ResampleTest(unittest.TestCase):
    """One test per decimation factor, made by add_cases below."""

    factor = 1

    def setUp(self):
        self.signal = ramp(self.factor)
        self.short = decimate(self.signal, self.factor)

    def check_length(self):
        self.assertEqual(len(self.short), -(-N_SAMPLES // self.factor))

    def check_values(self):
        for k in range(0, len(self.short), 4999):
            self.assertEqual(self.short[k], self.signal[k * self.factor])

    def check_mean(self):
        mean = sum(self.short[:2000]) / 2000
        self.assertLess(abs(mean), 60.0)


def add_cases(suite, factors):
    for factor in factors:
        case = type(f"Resample{factor}", (ResampleTest,), {"factor": factor})
        for check in ("check_length", "check_values", "check_mean"):
            suite.addTest(case(check))


class TestInfo:
    def __init__(self, test, outcome, detail=""):
        self.test = test
        self.outcome = outcome
        self.detail = detail

    @property
    def name(self):
        return self.test.id().rpartition(".")[2]

    def to_xml(self):
        element = ET.Element("testcase", name=self.name)
        if self.outcome != "passed":
            ET.SubElement(element, self.outcome, message=self.detail)
        return element


class ReportResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.infos = []

    def addSuccess(self, test):
        super().addSuccess(test)
        self.record(test, "passed")

    def record(self, test, outcome, detail=""):
        self.infos.append(TestInfo(test, outcome, detail))

    def addFailure(self, test, err):
        detail = str(err[1]).partition(" : ")[0]
        self.record(test, "failure", detail)

    def write(self, out):
        root = ET.Element("testsuite", tests=str(self.testsRun))
        root.extend(info.to_xml() for info in self.infos)
        ET.ElementTree(root).write(out, encoding="unicode")


def main():
    suite = unittest.TestSuite()
    add_cases(suite, range(1, 33))
    result = ReportResult()
    suite.run(result)
    report = io.StringIO()
    result.write(report)
    failed = [info.name for info in result.infos if info.outcome == "failure"]
    print("tests", result.testsRun, "failed", len(failed), failed[:4])
    print("report", len(report.getvalue()), "characters")


if __name__ == "__main__":
    main()
