import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E04 list comprehension in str.join per request')
class _:
    def good():
        import random
        r=random.Random(4); words=[f'{a}{b}' for a in ('alpha','brook','cedar','delta') for b in range(300)]
        sections=[' '.join(r.choices(words,k=2500)) for _ in range(1800)]
        def chapter(lo,hi,q): return '\n\n'.join([f'## {i}\n{sections[i].replace(q,"*"+q+"*")}' for i in range(lo,hi)])
        out=0
        for req in range(120):
            lo=r.randrange(0,1760); out+=chapter(lo,lo+40,r.choice(words)).count('*')
        hits=[sum(q in s for s in sections) for q in words[:60]]
        return sections,out,hits


if __name__ == "__main__":
    kept = run()
