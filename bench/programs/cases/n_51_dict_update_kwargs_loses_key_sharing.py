import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 __dict__.update(kwargs) loses key sharing')
class _:
    def bad():
        class Event:
            def __init__(s,**kw):
                s.__dict__.update(kw)
        return [Event(id=i,kind='click',user=None,page=None,ref=None,ok=True) for i in range(250_000)]
    def good():
        class Event:
            __slots__=('id','kind','user','page','ref','ok')
            def __init__(s,id,kind,user,page,ref,ok):
                s.id=id; s.kind=kind; s.user=user; s.page=page; s.ref=ref; s.ok=ok
        return [Event(id=i,kind='click',user=None,page=None,ref=None,ok=True) for i in range(250_000)]


if __name__ == "__main__":
    kept = run()
