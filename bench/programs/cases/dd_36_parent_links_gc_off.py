import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class NodeBad:
    __slots__ = ('tag', 'parent', 'children', 'text')
    def __init__(self, tag, text, parent=None):
        self.tag, self.text, self.children, self.parent = tag, text, [], parent
        if parent is not None: parent.children.append(self)


class NodeGood:
    __slots__ = ('tag', '_parent', 'children', 'text', '__weakref__')
    def __init__(self, tag, text, parent=None):
        import weakref
        self.tag, self.text, self.children = tag, text, []
        self._parent = weakref.ref(parent) if parent is not None else None
        if parent is not None: parent.children.append(self)
    @property
    def parent(self): return self._parent and self._parent()


def document(Node, n):
    root = Node('html', '')
    for i in range(60):
        row = Node('tr', f'{n}.{i}', root)
        for j in range(20): Node('td', f'cell {n}.{i}.{j} of the table', row)
    return root


def words(node):
    return len(node.text.split()) + sum(words(c) for c in node.children)


def crawl(Node):
    gc.disable()
    return [words(document(Node, n)) for n in range(250)]


@case('36 parent links with the collector off')
class _:
    def setup(): import weakref
    def bad():
        return crawl(NodeBad)
    def good():
        return crawl(NodeGood)


if __name__ == "__main__":
    kept = run()
