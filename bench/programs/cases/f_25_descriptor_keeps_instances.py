import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 descriptor keeps instances')
class _:
    def bad():
        class Field:
            def __init__(self,kind): self.kind=kind; self._memory={}
            def __get__(self,obj,owner): return self if obj is None else self._memory[obj]
            def __set__(self,obj,value):
                if not isinstance(value,self.kind): raise TypeError(value)
                self._memory[obj]=value
        class Message:
            body=Field(bytearray)
            def __init__(self,body): self.body=body
        print('bytes',sum(len(Message(bytearray(b'm')*200_000).body) for i in range(300)))
        return Message
    def good():
        class Field:
            def __init__(self,kind): self.kind=kind
            def __set_name__(self,owner,name): self.name=name
            def __get__(self,obj,owner): return self if obj is None else obj.__dict__[self.name]
            def __set__(self,obj,value):
                if not isinstance(value,self.kind): raise TypeError(value)
                obj.__dict__[self.name]=value
        class Message:
            body=Field(bytearray)
            def __init__(self,body): self.body=body
        print('bytes',sum(len(Message(bytearray(b'm')*200_000).body) for i in range(300)))
        return Message


if __name__ == "__main__":
    kept = run()
