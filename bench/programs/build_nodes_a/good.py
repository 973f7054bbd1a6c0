"""Dependency planner: reads a build manifest and orders the stale targets."""
import os
import tempfile
from collections import deque
from types import MappingProxyType

NO_OPTIONS = MappingProxyType({})


class Node:
    """A file in the build graph, either a plain source or something built."""

    __slots__ = ("name", "mtime", "sources", "side_effects", "parents",
                 "prerequisites", "options", "pending")

    def __init__(self, name, mtime):
        self.name = name
        self.mtime = mtime
        self.sources = ()
        self.side_effects = ()
        self.parents = ()
        self.prerequisites = ()
        self.options = NO_OPTIONS
        self.pending = 0

    def add_source(self, node):
        if not self.sources:
            self.sources = []
        self.sources.append(node)

    def add_parent(self, node):
        if not self.parents:
            self.parents = set()
        self.parents.add(node)

    def add_side_effect(self, name):
        if not self.side_effects:
            self.side_effects = []
        self.side_effects.append(name)

    def add_prerequisite(self, node):
        if not self.prerequisites:
            self.prerequisites = set()
        self.prerequisites.add(node)

    def set_option(self, key, value):
        if not self.options:
            self.options = {}
        self.options[key] = value


def write_manifest(path, targets, per_target):
    with open(path, "w") as out:
        for t in range(targets):
            stamp = 500 + (t * 37) % 400
            for s in range(per_target):
                out.write(f"F src/pkg{t % 97}/mod{t}_{s}.c {(t * 31 + s * 7) % 900}\n")
            out.write(f"T build/obj{t}.o {stamp}\n")
            for s in range(per_target):
                out.write(f"D build/obj{t}.o src/pkg{t % 97}/mod{t}_{s}.c\n")
            if t % 10 == 0 and t:
                out.write(f"D build/obj{t}.o build/obj{t // 2}.o\n")
            if t % 500 == 0:
                out.write(f"O build/obj{t}.o optimise O{t % 4}\n")
                out.write(f"S build/obj{t}.o build/obj{t}.d\n")
            if t % 700 == 699:
                out.write(f"P build/obj{t}.o build/obj{t - 1}.o\n")


def load_graph(path):
    nodes = {}
    built = set()
    with open(path) as lines:
        for line in lines:
            kind, name, *rest = line.split()
            if kind in "FT":
                nodes[name] = Node(name, int(rest[0]))
                if kind == "T":
                    built.add(nodes[name])
                continue
            node = nodes[name]
            if kind == "D":
                dep = nodes[rest[0]]
                node.add_source(dep)
                if dep in built:
                    dep.add_parent(node)
                    node.pending += 1
            elif kind == "O":
                node.set_option(rest[0], rest[1])
            elif kind == "S":
                node.add_side_effect(rest[0])
            elif kind == "P":
                node.add_prerequisite(nodes[rest[0]])
    return nodes, built


def is_stale(node, stale):
    if any(dep in stale or dep.mtime > node.mtime for dep in node.sources):
        return True
    return any(dep in stale for dep in node.prerequisites)


def plan(built):
    ready = deque(sorted((n for n in built if not n.pending), key=lambda n: n.name))
    stale, order = set(), []
    while ready:
        node = ready.popleft()
        if is_stale(node, stale):
            stale.add(node)
            order.append(node.name)
        for parent in sorted(node.parents, key=lambda n: n.name):
            parent.pending -= 1
            if not parent.pending:
                ready.append(parent)
    return order


def main():
    with tempfile.TemporaryDirectory() as tmp:
        manifest = os.path.join(tmp, "manifest.txt")
        write_manifest(manifest, 12000, 9)
        nodes, built = load_graph(manifest)
    order = plan(built)
    print("nodes", len(nodes), "targets", len(built))
    print("stale", len(order), order[:3], order[-2:])
    print("side effects", sum(len(n.side_effects) for n in built))
    print("optimised", sum(n.options.get("optimise") == "O0" for n in built))


if __name__ == "__main__":
    main()
