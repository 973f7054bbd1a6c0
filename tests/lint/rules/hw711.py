# sized
import numpy  # expect: HW711
import json  # expect: HW711
import decimal
import pandas  # expect: HW711
import csv
import zlib
import fractions
def one(): return numpy.zeros(3)
def two(): return json.dumps({})
def three(): return json.loads("")
RATE = decimal.Decimal(3)
def four(plots):
    if plots:
        pandas.DataFrame({}).plot()
def five(at=zlib.crc32(b"")): return zlib.crc32(b"1") - at
def a(): return csv.reader([])
def b(): return csv.reader([])
def c(): return csv.reader([])
def d(): return csv.reader([])
@fractions.Fraction
def e(): return fractions.Fraction(3)
