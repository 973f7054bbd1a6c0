import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36 huge patterns in the re cache')
class _:
    def setup(): import re, random
    def bad():
        import re, random
        def blocked(tenant,text):
            rng=random.Random(tenant)
            words=['%010x'%rng.getrandbits(40) for _ in range(1500)]
            pattern=r'\b(?:'+'|'.join(map(re.escape,words))+r')\b'
            return re.search(pattern,text+' '+words[tenant%2*7]) is not None
        print('blocked',sum(blocked(t,'please deliver the parcel') for t in range(210)))
    def good():
        import re, random
        word=re.compile(r'\w+')
        def blocked(tenant,text):
            rng=random.Random(tenant)
            words=['%010x'%rng.getrandbits(40) for _ in range(1500)]
            return not set(words).isdisjoint(word.findall(text+' '+words[tenant%2*7]))
        print('blocked',sum(blocked(t,'please deliver the parcel') for t in range(210)))


if __name__ == "__main__":
    kept = run()
