import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 ChainMap child upon child')
class _:
    def bad():
        from collections import ChainMap
        ctx=ChainMap({'lang':'en','zone':'UTC'}); n=0
        for i in range(1000):
            ctx=ctx.new_child({'id':i,'body':bytearray(b'x')*100_000})
            n+=len(ctx['body'])+len(ctx['lang'])
        return ctx,n
    def good():
        from collections import ChainMap
        base=ChainMap({'lang':'en','zone':'UTC'}); n=0
        for i in range(1000):
            ctx=base.new_child({'id':i,'body':bytearray(b'x')*100_000})
            n+=len(ctx['body'])+len(ctx['lang'])
        return ctx,n


if __name__ == "__main__":
    kept = run()
