# sized
import numpy  # expect: HW711
import json
def one(): return numpy.zeros(3)
def two(): return json.dumps({})
def three(): return json.loads("")
