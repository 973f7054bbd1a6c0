import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58a read_csv default 64-bit dtypes')
class _:
    def setup():
        import pandas
        if not os.path.exists(D+'/small_d3.csv'):
            with open(D+'/small_d3.csv','w') as f:
                f.write('age,floor,year,price\n'); f.writelines(f'{i%90},{i%40},{1950+i%70},{i%7}.5\n' for i in range(1_500_000))
    def bad():
        import pandas as pd
        return pd.read_csv(D+'/small_d3.csv')
    def good():
        import pandas as pd
        return pd.read_csv(D+'/small_d3.csv',dtype={'age':'int8','floor':'int8','year':'int16','price':'float32'})


if __name__ == "__main__":
    kept = run()
