import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('19 half read generator keeps its result')
class _:
    def find(query,n=220):
        return [{'title':f'{query} hit {i}','snippet':' '.join(f'{query}.{i}.{k}' for k in range(50))} for i in range(n)]
    def bad():
        find=CASES['19 half read generator keeps its result'].find
        class SearchApi:
            def __init__(self):
                self.cursors={}
            def pages(self,query,size):
                hits=find(query)
                for start in range(0,len(hits),size):
                    yield hits[start:start+size]
            def search(self,token,query,size=20):
                self.cursors[token]=self.pages(query,size)
                return self.more(token)
            def more(self,token):
                return next(self.cursors[token],[])
        api=SearchApi()
        shown=0
        for i in range(230):
            shown+=len(api.search(f'token-{i}',f'query{i}'))
            if i%7==0:
                shown+=len(api.more(f'token-{i}'))
        print('shown',shown)
        return api
    def good():
        find=CASES['19 half read generator keeps its result'].find
        class SearchApi:
            def __init__(self):
                self.cursors={}
            def search(self,token,query,size=20):
                self.cursors[token]=(query,0,size)
                return self.more(token)
            def more(self,token):
                query,start,size=self.cursors[token]
                self.cursors[token]=(query,start+size,size)
                return find(query)[start:start+size]
        api=SearchApi()
        shown=0
        for i in range(230):
            shown+=len(api.search(f'token-{i}',f'query{i}'))
            if i%7==0:
                shown+=len(api.more(f'token-{i}'))
        print('shown',shown)
        return api


if __name__ == "__main__":
    kept = run()
