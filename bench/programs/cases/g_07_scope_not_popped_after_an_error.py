import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('07 scope not popped after an error')
class _:
    def bad():
        class Hub:
            def __init__(self):
                self.scopes=[{}]
            def push(self,**extra):
                self.scopes.append({**self.scopes[0],**extra})
            def pop(self):
                self.scopes.pop()
        hub=Hub()
        def handle(i):
            hub.push(route='/upload',body=bytearray(b'u')*150_000)
            if i%10<8:
                raise PermissionError(i)
            size=len(hub.scopes[-1]['body'])
            hub.pop()
            return size
        total=0
        denied=0
        for i in range(500):
            try:
                total+=handle(i)
            except PermissionError:
                denied+=1
        print('stored',total,'denied',denied)
        return hub
    def good():
        from contextlib import contextmanager
        class Hub:
            def __init__(self):
                self.scopes=[{}]
            @contextmanager
            def scope(self,**extra):
                self.scopes.append({**self.scopes[0],**extra})
                try:
                    yield self.scopes[-1]
                finally:
                    self.scopes.pop()
        hub=Hub()
        def handle(i):
            with hub.scope(route='/upload',body=bytearray(b'u')*150_000) as scope:
                if i%10<8:
                    raise PermissionError(i)
                return len(scope['body'])
        total=0
        denied=0
        for i in range(500):
            try:
                total+=handle(i)
            except PermissionError:
                denied+=1
        print('stored',total,'denied',denied)
        return hub


if __name__ == "__main__":
    kept = run()
