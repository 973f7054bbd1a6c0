import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('12 leak debugging left on')
class _:
    def bad():
        import gc
        class Node:
            def __init__(self,parent,text):
                self.parent=parent
                self.children=[]
                self.text=text
                if parent is not None:
                    parent.children.append(self)
        class Server:
            def __init__(self):
                gc.set_debug(gc.DEBUG_SAVEALL)
                self.served=0
            def handle(self,i):
                page=Node(None,f'page {i}')
                for k in range(60):
                    Node(page,' '.join(f'{i}.{k}.{n}' for n in range(220)))
                self.served+=sum(len(node.text)>0 for node in page.children)
        server=Server()
        for i in range(400):
            server.handle(i)
        print('served',server.served)
        return server
    def good():
        class Node:
            def __init__(self,parent,text):
                self.parent=parent
                self.children=[]
                self.text=text
                if parent is not None:
                    parent.children.append(self)
        class Server:
            def __init__(self):
                self.served=0
            def handle(self,i):
                page=Node(None,f'page {i}')
                for k in range(60):
                    Node(page,' '.join(f'{i}.{k}.{n}' for n in range(220)))
                self.served+=sum(len(node.text)>0 for node in page.children)
        server=Server()
        for i in range(400):
            server.handle(i)
        print('served',server.served)
        return server


if __name__ == "__main__":
    kept = run()
