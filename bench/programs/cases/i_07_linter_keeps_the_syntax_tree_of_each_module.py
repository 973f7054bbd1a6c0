import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('07 linter keeps the syntax tree of each module')
class _:
    def setup():
        import ast
        ast.parse('def f(a):\n    return a+1\n')
    def source(n):
        return '\n'.join(f'def handler_{n}_{i}(request, limit={i}):\n    rows = request.fetch("table_{i}", limit * 2 + {i})\n    return [row.total + {i} for row in rows if row.state == "open"]\n' for i in range(60))
    def bad():
        import ast
        class Project:
            def __init__(self):
                self.modules={}
            def check(self,path,source):
                tree=ast.parse(source,path)
                self.modules[path]=tree
            def functions(self):
                return sum(isinstance(node,ast.FunctionDef) for tree in self.modules.values() for node in tree.body)
        project=Project()
        for n in range(55):
            project.check(f'app/views_{n}.py',CASES['07 linter keeps the syntax tree of each module'].source(n))
        print('functions',project.functions())
        return project
    def good():
        import ast
        class Project:
            def __init__(self):
                self.modules={}
            def check(self,path,source):
                tree=ast.parse(source,path)
                self.modules[path]=[(node.name,node.lineno) for node in tree.body if isinstance(node,ast.FunctionDef)]
            def functions(self):
                return sum(len(found) for found in self.modules.values())
        project=Project()
        for n in range(55):
            project.check(f'app/views_{n}.py',CASES['07 linter keeps the syntax tree of each module'].source(n))
        print('functions',project.functions())
        return project


if __name__ == "__main__":
    kept = run()
