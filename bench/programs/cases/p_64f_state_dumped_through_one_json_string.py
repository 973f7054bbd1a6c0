import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64f state dumped through one JSON string')
class _:
    def setup():
        global STATE; STATE=[{'id':i,'name':f'item {i}','tags':['a','b'],'price':i*.25} for i in range(400_000)]
    def bad():
        with open(D+'/state-p.json','w') as f:
            f.write(json.dumps(STATE))
    def good():
        with open(D+'/state-p.json','w') as f:
            json.dump(STATE,f)


if __name__ == "__main__":
    kept = run()
