"""NumPy: arrays made, filled, and half of them dropped."""
# needs: numpy
import numpy

a = numpy.empty(4 << 20)  # truth: peak=32*MiB end=0
a[:] = 1
b = numpy.ones(2 << 20)  # truth: peak=16*MiB end=16*MiB
del a
