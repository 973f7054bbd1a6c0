import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e07 autocomplete trie in flat arrays')
class _:
    def setup():
        if not os.path.exists(D+'/e_titles.txt'):
            import random
            r=random.Random(7); s={''.join(r.choice('abcdefghijklmnoprstuvwz') for _ in range(r.randrange(14,24))) for _ in range(220_000)}
            with open(D+'/e_titles.txt','w') as f: f.write('\n'.join(sorted(s)))
    def good():
        from array import array
        import random
        def common(a,b): return next((k for k,(x,y) in enumerate(zip(a,b)) if x!=y),min(len(a),len(b)))
        n=1; prev=''
        with open(D+'/e_titles.txt') as f:
            for w in map(str.rstrip,f): n+=len(w)-common(prev,w); prev=w
        label=bytearray(n); sib=array('I',[0])*n; best=array('H',[0])*n; stack=[0]; prev=''; r=random.Random(8); new=1
        with open(D+'/e_titles.txt') as f:
            for w in map(str.rstrip,f):
                k=common(prev,w)
                if k+1<len(stack): sib[stack[k+1]]=new
                del stack[k+1:]
                for c in w[k:].encode(): stack.append(new); label[new]=c; new+=1
                score=r.randrange(1,65535); label[new-1]|=128; prev=w
                for u in stack:
                    if best[u]<score: best[u]=score
        assert new==n
        def complete(p):
            u=0; out=bytearray()
            for c in p.encode():
                u+=1
                while label[u]&127!=c:
                    u=sib[u]
                    if not u: return None
                out.append(c)
            goal=best[u]
            while not(label[u]&128):
                u+=1
                while best[u]!=goal: u=sib[u]
                out.append(label[u]&127)
            return out.decode()
        found=sum(complete(a+b+c) is not None for a in 'abcdefghijklm' for b in 'nprstu' for c in 'abcdefghijklmnoprstuvwz')
        return label,sib,best,found


if __name__ == "__main__":
    kept = run()
