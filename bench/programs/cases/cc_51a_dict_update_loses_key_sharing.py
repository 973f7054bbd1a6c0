import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51a __dict__.update loses key sharing')
class _:
    def bad():
        class Event:
            def __init__(s,**kw): s.__dict__.update(kw)
        return [Event(id=i,user='u',kind='click',page='/home',ok=True,n=1) for i in range(200_000)]
    def good():
        class Event:
            def __init__(s,id,user,kind,page,ok,n): s.id=id;s.user=user;s.kind=kind;s.page=page;s.ok=ok;s.n=n
        return [Event(id=i,user='u',kind='click',page='/home',ok=True,n=1) for i in range(200_000)]


if __name__ == "__main__":
    kept = run()
