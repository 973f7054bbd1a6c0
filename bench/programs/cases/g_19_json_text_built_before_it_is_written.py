import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('19 json text built before it is written')
class _:
    def pages():
        return [{'id':i,'title':f'page {i}','html':f'<p>paragraph {i}</p>\n'*8000} for i in range(200)]
    def bad():
        import json
        def save(path,pages):
            with open(path,'w') as f:
                f.write(json.dumps({'version':2,'pages':pages}))
        path=os.path.join(D,'pages-bad.json')
        save(path,CASES['19 json text built before it is written'].pages())
        print('size',os.path.getsize(path))
    def good():
        import json
        def save(path,pages):
            with open(path,'w') as f:
                json.dump({'version':2,'pages':pages},f)
        path=os.path.join(D,'pages-good.json')
        save(path,CASES['19 json text built before it is written'].pages())
        print('size',os.path.getsize(path))


if __name__ == "__main__":
    kept = run()
