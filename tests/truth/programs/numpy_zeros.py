"""NumPy: zeros that nobody touches."""
# needs: numpy
import numpy

a = numpy.zeros(64 << 20)  # truth: peak=512*MiB end=512*MiB
