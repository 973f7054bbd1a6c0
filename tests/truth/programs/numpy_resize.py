"""NumPy: an array resized in place."""
# needs: numpy
import numpy

a = numpy.ones(1 << 20)  # truth: peak=0 end=0 total=8*MiB
a.resize(16 << 20, refcheck=False)  # truth: peak=128*MiB end=128*MiB
