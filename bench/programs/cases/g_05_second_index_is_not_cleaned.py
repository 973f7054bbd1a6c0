import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('05 second index is not cleaned')
class _:
    def bad():
        class Connection:
            def __init__(self,number,user):
                self.number=number
                self.user=user
                self.inbox=bytearray(b'i')*300_000
        class Registry:
            def __init__(self):
                self.by_number={}
                self.by_user={}
            def add(self,conn):
                self.by_number[conn.number]=conn
                self.by_user.setdefault(conn.user,[]).append(conn)
            def remove(self,conn):
                del self.by_number[conn.number]
            def online(self):
                return len(self.by_number)
        registry=Registry()
        seen=0
        for i in range(200):
            conn=Connection(i,f'user-{i%50}')
            registry.add(conn)
            seen+=registry.online()
            registry.remove(conn)
        print('seen',seen)
        return registry
    def good():
        class Connection:
            def __init__(self,number,user):
                self.number=number
                self.user=user
                self.inbox=bytearray(b'i')*300_000
        class Registry:
            def __init__(self):
                self.by_number={}
                self.by_user={}
            def add(self,conn):
                self.by_number[conn.number]=conn
                self.by_user.setdefault(conn.user,[]).append(conn)
            def remove(self,conn):
                del self.by_number[conn.number]
                mates=self.by_user[conn.user]
                mates.remove(conn)
                if not mates:
                    del self.by_user[conn.user]
            def online(self):
                return len(self.by_number)
        registry=Registry()
        seen=0
        for i in range(200):
            conn=Connection(i,f'user-{i%50}')
            registry.add(conn)
            seen+=registry.online()
            registry.remove(conn)
        print('seen',seen)
        return registry


if __name__ == "__main__":
    kept = run()
