"""Symbol server for an editor: parses a source tree and answers questions on functions and classes."""
import ast
import os
import sys
import sysconfig

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class Scope:
    """Names and parents within one module while it is being read."""

    def __init__(self, module, tree):
        self.module = module
        self.parents = {}
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def qualname(self, node):
        names = [node.name]
        while (node := self.parents.get(node)) is not None:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                names.append(node.name)
        return ".".join([self.module, *reversed(names)])


class Symbol:
    __slots__ = ("name", "kind", "line", "size", "label")

    def __init__(self, name, kind, line, size, label):
        self.name = name
        self.kind = kind
        self.line = line
        self.size = size
        self.label = label


def label_bad(scope, node):
    return lambda: f"{scope.qualname(node)}:{node.lineno}"


def label_good(scope, node):
    text = f"{scope.qualname(node)}:{node.lineno}"
    return lambda: text


def collect(scope, tree):
    label = label_bad if ARM == "bad" else label_good
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Symbol(node.name, "function", node.lineno, node.end_lineno - node.lineno, label(scope, node))
        elif isinstance(node, ast.ClassDef):
            yield Symbol(node.name, "class", node.lineno, node.end_lineno - node.lineno, label(scope, node))


class Index:
    def __init__(self):
        self.by_name = {}
        self.files = 0
        self.broken = 0

    def read(self, path):
        with open(path, encoding="utf-8") as source:
            return ast.parse(source.read(), path)

    def add_file(self, path):
        try:
            tree = self.read(path)
        except (SyntaxError, UnicodeDecodeError):
            self.broken += 1
            return
        scope = Scope(os.path.basename(path)[:-3], tree)
        for symbol in collect(scope, tree):
            self.by_name.setdefault(symbol.name, []).append(symbol)
        self.files += 1

    def where(self, name):
        return sorted(symbol.label() for symbol in self.by_name.get(name, ()))

    def longest(self):
        return max((s for group in self.by_name.values() for s in group), key=lambda s: (s.size, s.name))


def source_files(limit):
    """Modules of the standard library, the smaller ones first, up to a total size."""
    folder = sysconfig.get_paths()["stdlib"]
    files = [(os.path.getsize(os.path.join(folder, n)), n) for n in os.listdir(folder) if n.endswith(".py")]
    for size, name in sorted(files):
        limit -= size
        if limit < 0:
            break
        yield os.path.join(folder, name)


def main():
    index = Index()
    for path in source_files(1_700_000):
        index.add_file(path)
    total = sum(len(group) for group in index.by_name.values())
    print("files", index.files, "broken", index.broken, "symbols", total, "open", index.where("open")[:3],
          "longest", index.longest().label())
    return index


if __name__ == "__main__":
    index = main()
