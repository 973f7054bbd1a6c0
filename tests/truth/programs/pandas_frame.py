"""pandas: a frame of numbers, and a copy of it."""
# needs: pandas
import numpy
import pandas

frame = pandas.DataFrame({"a": numpy.ones(2 << 20), "b": numpy.ones(2 << 20)})
copy = frame.copy()  # truth: end=32*MiB peak=32*MiB
