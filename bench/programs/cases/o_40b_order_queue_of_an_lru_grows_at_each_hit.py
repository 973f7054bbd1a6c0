import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40b order queue of an LRU grows at each hit')
class _:
    def run(get,data,order):
        n=0
        for i in range(800_000): n+=get(data,order,('user',i%100))
        return data,order,n
    def bad():
        from collections import deque
        def get(data,order,k):
            order.append(k)
            if k not in data:
                data[k]=k[1]
                if len(data)>1000: del data[order.popleft()]
            return data[k]
        return CASES['40b order queue of an LRU grows at each hit'].run(get,{},deque())
    def good():
        from collections import OrderedDict
        def get(data,order,k):
            if k in data: data.move_to_end(k)
            else:
                data[k]=k[1]
                if len(data)>1000: data.popitem(last=False)
            return data[k]
        return CASES['40b order queue of an LRU grows at each hit'].run(get,OrderedDict(),None)


if __name__ == "__main__":
    kept = run()
