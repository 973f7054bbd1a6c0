"""NumPy: an expression with two temporaries alive at once."""
# needs: numpy
import numpy

a = numpy.ones(4 << 20)  # truth: peak=32*MiB end=32*MiB
b = (a + 1) * (a + 2)  # truth: peak=64*MiB..97*MiB end=32*MiB total=64*MiB..97*MiB
