import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 literal_eval for a data file')
class _:
    def setup():
        import ast, json
        ast.literal_eval('[(1,2.5,"a")]')
        def records():
            return [{'id':i,'pos':[i*0.5,i*0.25],'tag':f't{i%40}'} for i in range(6_000)]
        def text(path):
            with open(path,'w') as f: f.write(repr(records()))
        def js(path):
            with open(path,'w') as f: json.dump(records(),f)
        fixture('shapes6.txt',text)
        fixture('shapes6.json',js)
    def bad():
        import ast
        def load(path):
            with open(path) as f:
                return ast.literal_eval(f.read())
        shapes=load(os.path.join(D,'shapes6.txt'))
        print('shapes',len(shapes),'sum',sum(s['pos'][0] for s in shapes))
    def good():
        import json
        def load(path):
            with open(path) as f:
                return json.load(f)
        shapes=load(os.path.join(D,'shapes6.json'))
        print('shapes',len(shapes),'sum',sum(s['pos'][0] for s in shapes))


if __name__ == "__main__":
    kept = run()
