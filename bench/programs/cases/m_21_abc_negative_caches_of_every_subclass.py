import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 ABC negative caches of every subclass')
class _:
    def bad():
        import abc
        class Node(abc.ABC):
            def visit(s): raise NotImplementedError
        plugins=[type(f'Node{i}',(Node,),{}) for i in range(500)]
        values=[type(f'Value{i}',(),{})() for i in range(600)]
        n=sum(isinstance(v,Node) for v in values); return plugins,values,n
    def good():
        class Node:
            def visit(s): raise NotImplementedError
        plugins=[type(f'Node{i}',(Node,),{}) for i in range(500)]
        values=[type(f'Value{i}',(),{})() for i in range(600)]
        n=sum(isinstance(v,Node) for v in values); return plugins,values,n


if __name__ == "__main__":
    kept = run()
