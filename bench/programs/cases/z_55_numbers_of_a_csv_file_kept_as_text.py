import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 numbers of a csv file kept as text')
class _:
    def setup():
        with open(D+'/a2_meter.csv','w') as f:
            for i in range(1_000_000): f.write(f'meter,{i*.37:.2f}\n')
    def bad():
        import csv
        kwh=[]
        with open(D+'/a2_meter.csv',newline='') as f:
            for name,value in csv.reader(f): kwh.append(value)
        return kwh,max(float(v) for v in kwh)
    def good():
        import csv
        from array import array
        kwh=array('d')
        with open(D+'/a2_meter.csv',newline='') as f:
            for name,value in csv.reader(f): kwh.append(float(value))
        return kwh,max(kwh)


if __name__ == "__main__":
    kept = run()
