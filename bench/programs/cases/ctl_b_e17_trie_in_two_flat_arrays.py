import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E17 trie in two flat arrays')
class _:
    def setup():
        import random, numpy
        if not os.path.exists(D+'/e4_words.txt'):
            r=random.Random(17); syl=[a+b for a in 'bdfgklmnprstvz' for b in ('a','e','i','o','u','an','er','il')]
            with open(D+'/e4_words.txt','w') as f: f.write('\n'.join(sorted({''.join(r.choices(syl,k=r.randint(4,7))) for _ in range(650_000)}))+'\n')
    def good():
        import numpy as np, os.path
        def words():
            prev=''
            with open(D+'/e4_words.txt') as f:
                for w in map(str.rstrip,f): yield w,len(os.path.commonprefix((prev,w))); prev=w
        END,KIDS=0x80,1<<31
        def build():   # nodes in depth-first order: the first child of p is p+1
            n=1+sum(len(w)-k for w,k in words())
            ch=np.zeros(n,np.uint8); nxt=np.zeros(n,np.uint32); c,ne=memoryview(ch),memoryview(nxt); path=[0]; free=1
            for w,k in words():
                if len(path)>k+1: ne[path[k+1]]|=free; del path[k+1:]
                for j in range(k,len(w)): ne[path[j]]|=KIDS; c[free]=ord(w[j]); path.append(free); free+=1
                c[path[-1]]|=END
            return ch,nxt
        trie=build(); ch,nxt=map(memoryview,trie)
        def known(w):
            p=0
            for x in w.encode():
                if not nxt[p]&KIDS: return False
                p+=1
                while ch[p]&127!=x:
                    p=nxt[p]&~KIDS
                    if not p: return False
            return ch[p]>=END
        hit=sum(known(w) for i,(w,k) in enumerate(words()) if i%9==0); miss=sum(known(w[::-1]) for i,(w,k) in enumerate(words()) if i%50==0)
        return trie,hit,miss


if __name__ == "__main__":
    kept = run()
