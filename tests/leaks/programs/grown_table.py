CODE, HOLDER = "HW102", "grown_table.Recorder.samples"
import array


class Recorder:
    samples = array.array("d")


def leaking():
    Recorder.samples.extend([1.0] * 300)  # here


def clean():
    Recorder.samples.extend([1.0] * 300)
    del Recorder.samples[:]
