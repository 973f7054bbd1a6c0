import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 linecache of generated code')
class _:
    def setup(): import linecache, itertools, weakref
    def bad():
        import linecache, itertools
        serial=itertools.count()
        def make_loader(fields):
            src='def load(row):\n    out = {}\n'+''.join(f'    out["{f}"] = row.get("{f}", None)\n' for f in fields)+'    return out\n'
            filename=f'<generated loader {next(serial)}>'
            ns={}
            exec(compile(src,filename,'exec'),ns)
            linecache.cache[filename]=(len(src),None,src.splitlines(True),filename)
            return ns['load']
        n=0
        for i in range(4000):
            load=make_loader([f'column_{i}_{k}' for k in range(60)]); n+=len(load({}))
        print('columns',n)
    def good():
        import linecache, itertools, weakref
        serial=itertools.count()
        def make_loader(fields):
            src='def load(row):\n    out = {}\n'+''.join(f'    out["{f}"] = row.get("{f}", None)\n' for f in fields)+'    return out\n'
            filename=f'<generated loader {next(serial)}>'
            ns={}
            exec(compile(src,filename,'exec'),ns)
            load=ns.pop('load')
            linecache.cache[filename]=(len(src),None,src.splitlines(True),filename)
            weakref.finalize(load,linecache.cache.pop,filename,None)
            return load
        n=0
        for i in range(4000):
            load=make_loader([f'column_{i}_{k}' for k in range(60)]); n+=len(load({}))
        print('columns',n)


if __name__ == "__main__":
    kept = run()
