# sized
import gzip, bz2  # expect: HW721
import numpy
import lzma  # noqa: F401
import csv
import sqlite3
try:
    import zlib
except ImportError:
    pass
__all__ = ["csv"]
def one(): return numpy.zeros(3)
def two():
    import decimal  # expect: HW721
def three():
    import decimal
    return decimal.Decimal(1)
def four():
    import fractions
    return locals()
def five():
    import sqlite3
    return sqlite3.connect(":memory:")


def parts(table):
    import pandas  # pyarrow loads it for this
    return table.to_pandas()
