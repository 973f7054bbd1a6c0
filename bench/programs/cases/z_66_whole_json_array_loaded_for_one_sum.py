import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 whole JSON array loaded for one sum')
class _:
    def setup():
        with open(D+'/a2_orders.json','w') as f:
            f.write('['+','.join('{"order":"o-%d","customer":"c-%d","total":%d}'%(i,i*7,i%90) for i in range(250_000))+']')
    def bad():
        total=0
        with open(D+'/a2_orders.json') as f:
            for o in json.load(f): total+=o['total']
        return total
    def good():
        total=0; dec=json.JSONDecoder()
        with open(D+'/a2_orders.json') as f:
            buf=f.read(65_536)[1:]; pos=0
            while buf[pos:pos+1]!=']':
                try: o,pos=dec.raw_decode(buf,pos)
                except ValueError: buf=buf[pos:]+f.read(65_536); pos=0; continue
                total+=o['total']
                if pos==len(buf): buf=f.read(65_536); pos=0
                if buf[pos]==',': pos+=1
        return total


if __name__ == "__main__":
    kept = run()
