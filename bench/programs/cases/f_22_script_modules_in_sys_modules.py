import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 script modules in sys.modules')
class _:
    def setup():
        import importlib.util
        def build(path):
            with open(path,'w') as f: f.write('WEIGHTS = [i * i + 1000 for i in range(20_000)]\ndef score(x): return WEIGHTS[x % len(WEIGHTS)]\n')
        fixture('rules.py',build)
    def bad():
        import importlib.util
        path=os.path.join(D,'rules.py')
        def run_rules(job):
            name=f'rules_{job}'
            spec=importlib.util.spec_from_file_location(name,path)
            module=importlib.util.module_from_spec(spec)
            sys.modules[name]=module
            spec.loader.exec_module(module)
            return module.score(job)
        print('score',sum(run_rules(i) for i in range(80)))
    def good():
        import importlib.util
        path=os.path.join(D,'rules.py')
        def load_rules(path):
            name='rules_'+os.path.splitext(os.path.basename(path))[0]
            if name not in sys.modules:
                spec=importlib.util.spec_from_file_location(name,path)
                sys.modules[name]=importlib.util.module_from_spec(spec)
                spec.loader.exec_module(sys.modules[name])
            return sys.modules[name]
        def run_rules(job): return load_rules(path).score(job)
        print('score',sum(run_rules(i) for i in range(80)))


if __name__ == "__main__":
    kept = run()
