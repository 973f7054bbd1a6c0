import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 linecache keeps the source of generated code')
class _:
    def run(good):
        import linecache, weakref
        def build(i):
            src='def render(row):\n out=[]\n'+''.join(f' out.append("<td class=campaign-{i}-column-{j}>"+row+"</td>")\n' for j in range(1000))+' return out\n'
            fn=f'<template {i}>'; ns={}; exec(compile(src,fn,'exec'),ns); render=ns.pop('render')
            linecache.cache[fn]=(len(src),None,src.splitlines(True),fn)
            if good: weakref.finalize(render,linecache.cache.pop,fn,None)
            return render
        return sum(len(build(i)('x')) for i in range(400))
    def bad(): return CASES['22 linecache keeps the source of generated code'].run(False)
    def good(): return CASES['22 linecache keeps the source of generated code'].run(True)


if __name__ == "__main__":
    kept = run()
