import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 generated sources in linecache')
class _:
    def run(drop):
        import linecache
        def render(i):
            src='def f(x):\n'+''.join(f'    v{j} = x + {i*j}\n' for j in range(200))+'    return v199\n'
            name=f'<template {i}>'; ns={}
            linecache.cache[name]=(len(src),None,src.splitlines(True),name)
            exec(compile(src,name,'exec'),ns); out=ns['f'](1)
            if drop: del linecache.cache[name]
            return out
        return [render(i) for i in range(2500)]
    def bad(): return CASES['22 generated sources in linecache'].run(False)
    def good(): return CASES['22 generated sources in linecache'].run(True)


if __name__ == "__main__":
    kept = run()
