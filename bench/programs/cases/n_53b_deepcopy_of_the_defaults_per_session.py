import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53b deepcopy of the defaults per session')
class _:
    def defaults(): return {f'section{i}':{f'option{j}':[j,str(j*7)] for j in range(12)} for i in range(10)}
    def bad():
        import copy
        defaults=CASES['53b deepcopy of the defaults per session'].defaults(); sessions=[]
        for i in range(5000):
            conf=copy.deepcopy(defaults)
            conf['user']=i
            sessions.append(conf)
        return sessions
    def good():
        from collections import ChainMap
        defaults=CASES['53b deepcopy of the defaults per session'].defaults(); sessions=[]
        for i in range(5000):
            conf=ChainMap({},defaults)
            conf['user']=i
            sessions.append(conf)
        return sessions


if __name__ == "__main__":
    kept = run()
