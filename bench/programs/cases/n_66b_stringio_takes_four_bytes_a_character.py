import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66b StringIO takes four bytes a character')
class _:
    def setup():
        import csv
        if not os.path.exists(D+'/n_rows.csv'):
            with open(D+'/n_rows.csv','w') as f:
                for i in range(250_000): f.write(f'{i},some customer name,some street address,{i*3},{"y"*50}\n')
    def bad():
        import csv, io
        with open(D+'/n_rows.csv') as f:
            text=f.read()
        total=0
        for row in csv.reader(io.StringIO(text)): total+=int(row[3])
        return total
    def good():
        import csv
        total=0
        with open(D+'/n_rows.csv',newline='') as f:
            for row in csv.reader(f): total+=int(row[3])
        return total


if __name__ == "__main__":
    kept = run()
